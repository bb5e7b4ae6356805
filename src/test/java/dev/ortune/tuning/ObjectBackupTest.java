package dev.ortune.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.storage.FolderObjects;
import dev.ortune.storage.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Another machine goes on where the first one was. */
@Timeout(30)
class ObjectBackupTest {

    private static final String JOB = "ftjob-a";

    @TempDir private Path folder;

    private ObjectStore objects;
    private ObjectBackup backup;
    private JobFolder first;
    private JobFolder second;

    @BeforeEach
    void create() {
        objects = new FolderObjects(folder.resolve("objects"));
        backup = new ObjectBackup(objects);
        first = new JobFolder(folder.resolve("first"));
        second = new JobFolder(folder.resolve("second"));
    }

    @Test
    void theOtherMachineFindsWhatTheFirstSaved() throws IOException {
        write(first.recipe(), "recipe");
        write(first.news(), "step 1\n");
        checkpoint(first, 1);
        write(first.epochs().resolve("step-1/adapter_model.safetensors"), "epoch");
        write(first.checkpoints().resolve(".lock"), "");
        write(first.folder().resolve("training.csv"), "rows");
        save(first);

        backup.restore(JOB, second);
        assertThat(second.recipe()).hasContent("recipe");
        assertThat(second.news()).hasContent("step 1\n");
        assertThat(second.checkpoints().resolve("step-1/session")).hasContent("session 1");
        assertThat(second.epochs().resolve("step-1/adapter_model.safetensors")).hasContent("epoch");
        assertThat(second.checkpoints().resolve(".lock")).doesNotExist();
        assertThat(second.folder().resolve("training.csv")).doesNotExist();
    }

    @Test
    void aMachineThatSavedLastKeepsWhatItHasBeyondThat() throws IOException {
        checkpoint(first, 1);
        save(first);
        checkpoint(first, 2);
        backup.restore(JOB, first);
        assertThat(first.checkpoints().resolve("step-2")).exists();
    }

    @Test
    void aMachineThatWasOvertakenTakesWhatTheOtherSaved() throws IOException {
        checkpoint(first, 1);
        save(first);
        checkpoint(first, 2);
        backup.restore(JOB, second);
        checkpoint(second, 3);
        save(second);
        backup.restore(JOB, first);
        assertThat(first.checkpoints().resolve("step-2")).doesNotExist();
        assertThat(first.checkpoints().resolve("step-3/session")).hasContent("session 3");
    }

    @Test
    void whatIsNotNeededAnyMoreIsNotKept() throws IOException {
        checkpoint(first, 1);
        save(first);
        int before = objects.list("jobs/").size();
        JobFolder.deleteTree(first.checkpoints().resolve("step-1"));
        checkpoint(first, 2);
        save(first);
        assertThat(objects.list("jobs/")).hasSize(before);
        assertThat(backup.jobs()).containsExactly(JOB);
        backup.delete(JOB);
        assertThat(objects.list("jobs/")).isEmpty();
        assertThat(backup.jobs()).isEmpty();
    }

    @Test
    void whoHasLostTheJobReplacesNothing() throws IOException {
        checkpoint(first, 1);
        save(first);
        List<String> before = objects.list("jobs/");
        checkpoint(second, 9);
        backup.save(JOB, second, () -> false);
        assertThat(objects.list("jobs/")).containsAll(before);
        JobFolder third = new JobFolder(folder.resolve("third"));
        backup.restore(JOB, third);
        assertThat(third.checkpoints().resolve("step-9")).doesNotExist();
        assertThat(third.checkpoints().resolve("step-1")).exists();
    }

    @Test
    void aCheckpointThatIsDamagedInTheStoreIsLeftOut() throws IOException {
        checkpoint(first, 1);
        checkpoint(first, 2);
        save(first);
        for (Path object : files(folder.resolve("objects"))) {
            if (Files.readString(object).equals("session 2")) {
                Files.delete(object);
            } else if (Files.readString(object).equals("session 1")) {
                assertThat(object).isRegularFile();
            }
        }
        backup.restore(JOB, second);
        assertThat(second.checkpoints().resolve("step-2")).doesNotExist();
        assertThat(second.checkpoints().resolve("step-1/session")).hasContent("session 1");
    }

    @Test
    void savesAreWholeWhileCheckpointsComeAndGo() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Thread training =
                new Thread(
                        () -> {
                            for (int step = 0; !over.get(); step++) {
                                try {
                                    checkpoint(first, step);
                                    Thread.sleep(5);
                                    JobFolder.deleteTree(
                                            first.checkpoints().resolve("step-" + (step - 3)));
                                } catch (IOException | InterruptedException e) {
                                    return;
                                }
                            }
                        });
        training.start();
        try {
            for (int i = 0; i < 20; i++) {
                Thread.sleep(10);
                save(first);
                backup.restore(JOB, second);
                for (Path session : files(second.checkpoints())) {
                    String step =
                            session.getParent()
                                    .getFileName()
                                    .toString()
                                    .substring("step-".length());
                    assertThat(session).hasContent("session " + step);
                }
            }
        } finally {
            over.set(true);
            training.join();
        }
    }

    @Test
    void aSaveThatDidNotEndTakesNothingFromTheMachineThatTried() throws IOException {
        checkpoint(first, 1);
        save(first);
        checkpoint(first, 2);
        ObjectBackup cut = new ObjectBackup(new WithoutLists(objects));
        assertThatThrownBy(() -> cut.save(JOB, first, () -> true)).hasMessage("away");
        backup.restore(JOB, first);
        assertThat(first.checkpoints().resolve("step-2")).exists();

        save(first);
        backup.restore(JOB, second);
        assertThat(second.checkpoints().resolve("step-2/session")).hasContent("session 2");
    }

    /** Goes away before the list of a save's files has reached it. */
    private record WithoutLists(ObjectStore objects) implements ObjectStore {

        @Override
        public void put(String key, Path file) {
            if (key.endsWith("contents.json")) {
                throw new IllegalStateException("away");
            }
            objects.put(key, file);
        }

        @Override
        public boolean fetch(String key, Path target) {
            return objects.fetch(key, target);
        }

        @Override
        public Optional<InputStream> open(String key) {
            return objects.open(key);
        }

        @Override
        public List<String> list(String prefix) {
            return objects.list(prefix);
        }

        @Override
        public void delete(String key) {
            objects.delete(key);
        }

        @Override
        public String place() {
            return objects.place();
        }
    }

    @Test
    void aJobThatNobodySavedIsLeftAsItIs() throws IOException {
        checkpoint(first, 1);
        backup.restore(JOB, first);
        assertThat(first.checkpoints().resolve("step-1")).exists();
    }

    private void save(JobFolder of) {
        backup.save(JOB, of, () -> true);
    }

    /** As checkpoints appear: whole. */
    private static void checkpoint(JobFolder of, int step) throws IOException {
        Path draft = of.checkpoints().resolve(".draft-" + step);
        write(draft.resolve("session"), "session " + step);
        Files.move(draft, of.checkpoints().resolve("step-" + step));
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
