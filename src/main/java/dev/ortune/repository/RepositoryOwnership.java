package dev.ortune.repository;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Which process may change a repository: the one that holds the lock on its file {@value #FILE},
 * which the system frees when the process dies. Others read what was there when they started.
 *
 * <p>Thread-safe.
 */
final class RepositoryOwnership implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(RepositoryOwnership.class);
    private static final String FILE = ".lock";

    private final Path root;

    /** Whether nothing was there to read at the start, so that the lock may still be taken. */
    private final boolean fresh;

    private Optional<FileChannel> held = Optional.empty();

    private RepositoryOwnership(Path root) {
        this.root = root;
        this.fresh = !Files.exists(root);
    }

    /** Takes the lock, if the folder is there and nobody has it; makes no folder. */
    static RepositoryOwnership of(Path root) {
        RepositoryOwnership ownership = new RepositoryOwnership(root);
        if (!ownership.fresh && !ownership.acquire()) {
            LOG.warnf(
                    "The repository %s is another process's or cannot be written:"
                            + " it is served, but not changed.",
                    root);
        }
        return ownership;
    }

    /** Whether this process may change the repository, without trying to. */
    synchronized boolean isHeld() {
        return held.isPresent();
    }

    /** Whether it may, as far as can be told without trying. */
    synchronized boolean canBeHeld() {
        return held.isPresent() || fresh;
    }

    /**
     * Refuses a change where another process owns the repository; makes the folder if need be.
     *
     * @throws dev.ortune.error.InvalidInputException {@code MODEL_READ_ONLY}
     */
    synchronized void require() {
        if (held.isEmpty() && !(fresh && acquire())) {
            throw RepositoryFault.repositoryReadOnly();
        }
    }

    private synchronized boolean acquire() {
        FileChannel channel = null;
        try {
            Files.createDirectories(root);
            channel =
                    FileChannel.open(
                            root.resolve(FILE),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                held = Optional.of(channel);
                return true;
            }
            channel.close();
        } catch (IOException | OverlappingFileLockException e) {
            LOG.debugf(e, "The repository %s cannot be locked", root);
            closeQuietly(channel);
        }
        return false;
    }

    private static void closeQuietly(FileChannel channel) {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("A lock file could not be closed", e);
        }
    }

    /** Gives the lock back. */
    @Override
    public synchronized void close() {
        held.ifPresent(RepositoryOwnership::closeQuietly);
        held = Optional.empty();
    }
}
