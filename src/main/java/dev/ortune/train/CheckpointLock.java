package dev.ortune.train;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.io.AtomicFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * One process's hold on a folder of checkpoints: the system's lock on its file {@value #FILE}, which
 * ends with the process, however that ends. A file without a lock, as a killed process leaves it,
 * holds nobody up.
 *
 * <p>Locks are between processes. A second one in this process is refused as well, but on POSIX
 * systems its attempt gives the first one's lock up.
 *
 * <p>Owned by one thread.
 */
final class CheckpointLock implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(CheckpointLock.class);
    private static final String FILE = "lock";

    /** Every further one means that yet another owner left in that very moment. */
    private static final int ATTEMPTS = 100;

    private final Path file;
    private final FileChannel channel;

    private CheckpointLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock, without waiting; makes the folder if need be.
     *
     * @throws InvalidInputException {@code CHECKPOINT_IN_USE} when somebody has it, {@code
     *     OUTPUT_NOT_WRITABLE}
     * @throws dev.ortune.error.UnavailableException {@code DISK_FULL}
     */
    static CheckpointLock acquire(Path root) {
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Optional<CheckpointLock> lock = attempt(root);
                if (lock.isPresent()) {
                    return lock.get();
                }
            }
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(root, e);
        }
        throw inUse(root);
    }

    /** Empty where the file was deleted meanwhile, by an owner who was just leaving. */
    private static Optional<CheckpointLock> attempt(Path root) throws IOException {
        Path file = root.resolve(FILE);
        Files.createDirectories(root);
        try {
            create(file);
            Object identity = identity(file);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            boolean held = false;
            try {
                if (!isLocked(channel)) {
                    throw inUse(root);
                }
                // A lock on a file that is no longer there would keep nobody out.
                held = Objects.equals(identity, identity(file));
            } finally {
                if (!held) {
                    closeQuietly(channel);
                }
            }
            return held ? Optional.of(new CheckpointLock(file, channel)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Somebody in this process has it.
            return false;
        }
    }

    private static void create(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            LOG.debugf("%s is there already", file);
        }
    }

    /** What tells a file from another of its name; null on systems without, which keep open files. */
    private static Object identity(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private static InvalidInputException inUse(Path root) {
        return new InvalidInputException(
                ErrorCode.CHECKPOINT_IN_USE,
                "Another run is using the checkpoint folder " + root + ".",
                "Wait until it has ended, or name another checkpoint folder: each run needs its own.");
    }

    /** Gives the lock back, and removes its file while nobody else can have it. */
    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debugf(e, "%s stays", file);
        }
        closeQuietly(channel);
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("A lock file could not be closed", e);
        }
    }
}
