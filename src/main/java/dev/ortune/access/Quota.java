package dev.ortune.access;

import dev.ortune.error.DeniedException;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How much a tenant may have; what is empty has no limit.
 *
 * @param concurrentJobs that run at the same time
 * @param rows of training data in one job
 * @param storageBytes of files, all together
 * @param requestsPerSecond over both protocols
 */
public record Quota(
        OptionalInt concurrentJobs,
        OptionalLong rows,
        OptionalLong storageBytes,
        OptionalDouble requestsPerSecond) {

    private static final String REMEDY_SUFFIX = " An admin of the service may raise the quota.";

    /** No limits. */
    public static Quota unlimited() {
        return new Quota(
                OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty());
    }

    /** These limits, and another quota's where there is none. */
    Quota orElse(Quota other) {
        return new Quota(
                concurrentJobs.isPresent() ? concurrentJobs : other.concurrentJobs,
                rows.isPresent() ? rows : other.rows,
                storageBytes.isPresent() ? storageBytes : other.storageBytes,
                requestsPerSecond.isPresent() ? requestsPerSecond : other.requestsPerSecond);
    }

    /**
     * Requires room for one more running job.
     *
     * @throws DeniedException {@code QUOTA_EXCEEDED}
     */
    public void requireJobs(int running) {
        if (concurrentJobs.isPresent() && running >= concurrentJobs.getAsInt()) {
            throw DeniedException.quotaExceeded(
                    "The tenant has "
                            + running
                            + " running jobs, and may have "
                            + concurrentJobs.getAsInt()
                            + ".",
                    "Wait until one of them ends." + REMEDY_SUFFIX);
        }
    }

    /**
     * Requires that a job may have so many rows.
     *
     * @throws DeniedException {@code QUOTA_EXCEEDED}
     */
    public void requireRows(long wanted) {
        if (rows.isPresent() && wanted > rows.getAsLong()) {
            throw DeniedException.quotaExceeded(
                    "The data has "
                            + wanted
                            + " rows; a job of this tenant may have "
                            + rows.getAsLong()
                            + ".",
                    "Train on fewer rows." + REMEDY_SUFFIX);
        }
    }

    /**
     * Requires room for more bytes.
     *
     * @throws DeniedException {@code QUOTA_EXCEEDED}
     */
    public void requireStorage(long usedBytes, long moreBytes) {
        if (storageBytes.isPresent() && usedBytes + moreBytes > storageBytes.getAsLong()) {
            throw DeniedException.quotaExceeded(
                    "The tenant's files would take "
                            + (usedBytes + moreBytes)
                            + " bytes, and may take "
                            + storageBytes.getAsLong()
                            + ".",
                    "Delete files that are no longer needed." + REMEDY_SUFFIX);
        }
    }
}
