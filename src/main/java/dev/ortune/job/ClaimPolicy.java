package dev.ortune.job;

import java.time.Duration;

/**
 * How jobs are handed out.
 *
 * @param lease how long a worker may be silent
 * @param maxRunningPerTenant jobs of one tenant that run at the same time, at most
 * @param maxDeaths a job fails once so many workers were lost with it since its last checkpoint
 */
public record ClaimPolicy(Duration lease, int maxRunningPerTenant, int maxDeaths) {

    public ClaimPolicy {
        if (lease.isNegative() || lease.isZero() || maxRunningPerTenant < 1 || maxDeaths < 1) {
            throw new IllegalArgumentException(
                    lease + ", " + maxRunningPerTenant + " jobs, " + maxDeaths + " deaths");
        }
    }
}
