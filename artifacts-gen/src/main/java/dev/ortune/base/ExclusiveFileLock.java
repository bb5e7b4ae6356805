package dev.ortune.base;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Held by one thread of one process at a time; the system frees it when the process dies. */
final class ExclusiveFileLock {

    private static final long POLL_MILLISECONDS = 50;

    /** What is done while nobody else does it. */
    @FunctionalInterface
    interface Action<E extends Exception> {
        void run() throws IOException, E;
    }

    private final Path file;

    ExclusiveFileLock(Path file) {
        this.file = file;
    }

    /** Waits for the lock. The file stays: deleting it would let two holders in. */
    <E extends Exception> void holdWhile(Action<E> action)
            throws IOException, InterruptedException, E {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (!isLocked(channel)) {
                Thread.sleep(POLL_MILLISECONDS);
            }
            action.run();
        }
    }

    /** Tries once; closing the channel gives the lock back. */
    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            // Another thread of this process has it; file locks belong to processes.
            return false;
        }
    }
}
