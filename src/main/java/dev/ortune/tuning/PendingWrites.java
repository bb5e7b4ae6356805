package dev.ortune.tuning;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jboss.logging.Logger;

/** What is to be written to a database that may be away, in order. For one thread. */
final class PendingWrites {

    private static final Logger LOG = Logger.getLogger(PendingWrites.class);
    private static final int MOST = 1000;

    private final Deque<Runnable> writes = new ArrayDeque<>();

    void add(Runnable write) {
        writes.add(write);
    }

    /** Whether so much waits that nothing more should be begun. */
    boolean isFull() {
        return writes.size() >= MOST;
    }

    /** Writes what waits, as far as it goes; whether nothing is left. */
    boolean flush() {
        while (!writes.isEmpty()) {
            try {
                writes.peek().run();
            } catch (RuntimeException e) {
                LOG.warnf(
                        e, "What a job reports waits for the database (%d writes)", writes.size());
                return false;
            }
            writes.remove();
        }
        return true;
    }
}
