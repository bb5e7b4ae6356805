package dev.ortune.train;

import java.util.List;

/** Threads that should have ended. */
final class LiveThreads {

    private static final long GRACE_MILLISECONDS = 5_000;

    private LiveThreads() {}

    /** Those of a name that still live; a thread whose work is done gets the time to end. */
    static List<Thread> named(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .filter(LiveThreads::staysAlive)
                .toList();
    }

    private static boolean staysAlive(Thread thread) {
        try {
            thread.join(GRACE_MILLISECONDS);
            return thread.isAlive();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
