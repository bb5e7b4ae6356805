package dev.ortune.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A training goes on while it is saved, and whatever the store does. */
@Timeout(30)
class RunningBackupTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir private Path folder;
    private final AskedStore store = new AskedStore();
    private volatile boolean mine = true;

    @Test
    void aCheckpointIsSavedBesideTheTraining() throws Exception {
        try (RunningBackup backup = running()) {
            backup.checkpointWritten();
            store.saves();
            store.answer(true);
        }
        assertThat(store.asksAgain()).isFalse();
    }

    @Test
    void checkpointsWrittenDuringASaveAreSavedTogether() throws Exception {
        try (RunningBackup backup = running()) {
            backup.checkpointWritten();
            store.saves();
            backup.checkpointWritten();
            backup.checkpointWritten();
            backup.checkpointWritten();
            store.answer(true);
            store.saves();
            store.answer(true);
            assertThat(store.asksAgain()).isFalse();
        }
        assertThat(store.asksAgain()).isFalse();
    }

    @Test
    void aStoreThatWasAwayGetsTheNextCheckpoint() throws Exception {
        try (RunningBackup backup = running()) {
            backup.checkpointWritten();
            store.saves();
            store.answer(false);
            assertThat(store.asksAgain()).isFalse();
            backup.checkpointWritten();
            store.saves();
            store.answer(true);
        }
        assertThat(store.asksAgain()).isFalse();
    }

    @Test
    void whatIsNotSavedIsTriedOnceMoreAtTheEnd() throws Exception {
        RunningBackup backup = running();
        backup.checkpointWritten();
        store.saves();
        store.answer(false);
        store.answer(false);
        backup.close();
        store.saves();
        assertThat(store.asksAgain()).isFalse();
    }

    @Test
    void aJobThatIsAnothersIsNotSaved() throws Exception {
        mine = false;
        try (RunningBackup backup = running()) {
            backup.checkpointWritten();
            assertThat(store.asksAgain()).isFalse();
        }
        assertThat(store.asksAgain()).isFalse();
    }

    private RunningBackup running() {
        return new RunningBackup(store, "ftjob-a", new JobFolder(folder), () -> mine, PATIENCE);
    }

    /** Says when it is asked to save, and does what it is told to. */
    private static final class AskedStore implements JobBackup {

        private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
        private final BlockingQueue<Boolean> answers = new LinkedBlockingQueue<>();

        @Override
        public void save(String jobId, JobFolder folder, BooleanSupplier mine) {
            asked.add(jobId);
            boolean succeeds;
            try {
                succeeds = Optional.ofNullable(answers.poll(10, TimeUnit.SECONDS)).orElseThrow();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (!succeeds) {
                throw new IllegalStateException("away");
            }
        }

        void saves() throws InterruptedException {
            assertThat(asked.poll(10, TimeUnit.SECONDS)).isEqualTo("ftjob-a");
        }

        void answer(boolean succeeds) {
            answers.add(succeeds);
        }

        boolean asksAgain() throws InterruptedException {
            return asked.poll(200, TimeUnit.MILLISECONDS) != null;
        }

        @Override
        public void restore(String jobId, JobFolder folder) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> jobs() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void delete(String jobId) {
            throw new UnsupportedOperationException();
        }
    }
}
