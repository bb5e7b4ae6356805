package dev.ortune.job;

import java.time.Duration;
import java.util.function.ToIntFunction;

/**
 * How jobs are handed out.
 *
 * @param lease how long a worker may be silent
 * @param maxRunningPerTenant jobs of a tenant that run at the same time, at most
 * @param maxDeaths a job fails once so many workers were lost with it since its last checkpoint
 */
public record ClaimPolicy(
        Duration lease, ToIntFunction<String> maxRunningPerTenant, int maxDeaths) {

    public ClaimPolicy {
        if (lease.isNegative() || lease.isZero() || maxDeaths < 1) {
            throw new IllegalArgumentException(lease + ", " + maxDeaths + " deaths");
        }
    }

    /** The same number for all tenants. */
    public ClaimPolicy(Duration lease, int maxRunningPerTenant, int maxDeaths) {
        this(lease, tenant -> maxRunningPerTenant, maxDeaths);
    }
}
