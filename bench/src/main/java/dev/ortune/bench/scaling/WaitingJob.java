package dev.ortune.bench.scaling;

import java.util.Comparator;

/**
 * A job that waits for a worker.
 *
 * @param tenant whose it is
 * @param priority the higher, the sooner
 * @param sequence the lower, the older; from 1, never the same
 * @param seconds when it came
 * @param work seconds of a worker
 */
record WaitingJob(int tenant, int priority, long sequence, double seconds, double work) {

    /** The order of a tenant's jobs. */
    static final Comparator<WaitingJob> ORDER =
            Comparator.comparingInt(WaitingJob::priority)
                    .reversed()
                    .thenComparingLong(WaitingJob::sequence);

    /** The same with its sequence. */
    WaitingJob numbered(long number) {
        return new WaitingJob(tenant, priority, number, seconds, work);
    }
}
