package dev.ortune.job;

import java.util.Map;

/**
 * How many jobs there are.
 *
 * @param byStatus those that there are none of left out
 * @param oldestWaitSeconds since the oldest queued job was created; 0 with none
 */
public record JobCounts(Map<JobStatus, Long> byStatus, double oldestWaitSeconds) {

    /** None. */
    public static final JobCounts NONE = new JobCounts(Map.of(), 0);

    public JobCounts {
        byStatus = Map.copyOf(byStatus);
    }

    /** How many have a status. */
    public long of(JobStatus status) {
        return byStatus.getOrDefault(status, 0L);
    }
}
