package dev.ortune.tuning;

import dev.ortune.error.InternalException;
import dev.ortune.io.AtomicFiles;
import dev.ortune.io.Sha256;
import dev.ortune.storage.ObjectStore;
import dev.ortune.tuning.BackupContents.SavedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * In an object store: contents by their hashes, and a list of them that is replaced last. A file that is
 * there already is not sent again, so that a save takes what the newest checkpoint takes.
 */
final class ObjectBackup implements JobBackup {

    private static final Logger LOG = Logger.getLogger(ObjectBackup.class);
    private static final String ROOT = "jobs/";
    private static final String LIST = "contents.json";

    /** Which saved state the folder is, or comes after. */
    private static final String MARK = "backup.json";

    /** Checkpoints come and go while they are read. */
    private static final int ATTEMPTS = 5;

    private final ObjectStore objects;

    ObjectBackup(ObjectStore objects) {
        this.objects = objects;
    }

    @Override
    public void restore(String jobId, JobFolder folder) {
        Optional<BackupContents> saved = saved(jobId);
        if (saved.isEmpty() || saved.equals(mark(folder))) {
            return;
        }
        try {
            Files.createDirectories(folder.folder());
            Files.deleteIfExists(folder.folder().resolve(MARK));
            folder.clear();
            Set<String> incomplete = new HashSet<>();
            for (SavedFile file : saved.get().files()) {
                if (!fetch(jobId, file, folder)) {
                    incomplete.add(file.group());
                }
            }
            for (String group : incomplete) {
                LOG.warnf("Of the job %s, %s was not saved whole: it is left out", jobId, group);
                JobFolder.deleteTree(folder.folder().resolve(group));
            }
            mark(folder, saved.get());
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(folder.folder(), e);
        }
    }

    private boolean fetch(String jobId, SavedFile file, JobFolder folder) throws IOException {
        Path target = folder.folder().resolve(file.path()).normalize();
        if (!target.startsWith(folder.folder())) {
            throw new InternalException("A saved file is outside of its job's folder.");
        }
        Files.createDirectories(target.getParent());
        return objects.fetch(key(jobId, file.sha256()), target)
                && Sha256.of(target).equals(file.sha256());
    }

    @Override
    public void save(String jobId, JobFolder folder, BooleanSupplier mine) {
        Optional<BackupContents> before = saved(jobId);
        Set<String> there = before.map(BackupContents::hashes).orElseGet(Set::of);
        BackupContents now = send(jobId, folder, there);
        if (!mine.getAsBoolean()) {
            return;
        }
        putList(jobId, folder, now);
        mark(folder, now);
        Set<String> old = new HashSet<>(there);
        old.removeAll(now.hashes());
        old.forEach(hash -> objects.delete(key(jobId, hash)));
    }

    /** Before the mark: a folder whose mark the store does not have is replaced by what the store has. */
    private void putList(String jobId, JobFolder folder, BackupContents contents) {
        Path list = folder.folder().resolve(".contents.json");
        AtomicFiles.write(list, out -> out.write(contents.toJson()));
        objects.put(key(jobId, LIST), list);
    }

    /** Sends what is not there yet; what the folder holds. */
    private BackupContents send(String jobId, JobFolder folder, Set<String> there) {
        for (int attempt = 1; ; attempt++) {
            try {
                List<SavedFile> files = new ArrayList<>();
                Set<String> sent = new HashSet<>(there);
                for (Path file : files(folder)) {
                    files.add(send(jobId, folder, file, sent));
                }
                return new BackupContents(UUID.randomUUID().toString(), files);
            } catch (NoSuchFileException e) {
                if (attempt == ATTEMPTS) {
                    throw new InternalException("A job's folder does not hold still.", e);
                }
            } catch (IOException e) {
                throw AtomicFiles.writeFailure(folder.folder(), e);
            }
        }
    }

    private SavedFile send(String jobId, JobFolder folder, Path file, Set<String> sent)
            throws IOException {
        Path copy = Files.createTempFile(folder.folder(), ".saving", "");
        try {
            // What grows while it is read is saved as long as it is now.
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            String sha256 = Sha256.of(copy);
            if (sent.add(sha256)) {
                objects.put(key(jobId, sha256), copy);
            }
            String path = folder.folder().relativize(file).toString().replace('\\', '/');
            return new SavedFile(path, sha256);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    /** The news come last: they tell all that the checkpoints before them are about. */
    private static List<Path> files(JobFolder folder) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path :
                List.of(
                        folder.recipe(),
                        folder.checkpoints(),
                        folder.epochs(),
                        folder.adapter(),
                        folder.news())) {
            if (Files.exists(path)) {
                try (Stream<Path> all = Files.walk(path)) {
                    all.filter(Files::isRegularFile)
                            .filter(file -> !isHidden(folder.folder().relativize(file)))
                            .sorted()
                            .forEach(files::add);
                } catch (UncheckedIOException e) {
                    throw e.getCause();
                }
            }
        }
        return files;
    }

    /** Locks, and what is not finished. */
    private static boolean isHidden(Path path) {
        for (Path part : path) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<String> jobs() {
        return objects.list(ROOT).stream()
                .map(key -> key.split("/"))
                .filter(parts -> parts.length > 2)
                .map(parts -> parts[1])
                .distinct()
                .toList();
    }

    @Override
    public void delete(String jobId) {
        objects.list(ROOT + jobId + "/").forEach(objects::delete);
    }

    private Optional<BackupContents> saved(String jobId) {
        Optional<InputStream> content = objects.open(key(jobId, LIST));
        if (content.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = content.get()) {
            return Optional.of(BackupContents.parse(in.readAllBytes()));
        } catch (IOException e) {
            throw new InternalException("The list of a job's saved files cannot be read.", e);
        }
    }

    private static Optional<BackupContents> mark(JobFolder folder) {
        try {
            return Optional.of(
                    BackupContents.parse(Files.readAllBytes(folder.folder().resolve(MARK))));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void mark(JobFolder folder, BackupContents contents) {
        AtomicFiles.write(folder.folder().resolve(MARK), out -> out.write(contents.toJson()));
    }

    private static String key(String jobId, String name) {
        return ROOT + jobId + "/" + name;
    }
}
