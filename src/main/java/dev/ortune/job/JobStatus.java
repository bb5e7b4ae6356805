package dev.ortune.job;

import java.util.Set;

/** Where a job stands; the names are OpenAI's, in lower case. */
public enum JobStatus {
    /** Its files are looked through. */
    VALIDATING_FILES,
    /** It waits for a worker. */
    QUEUED,
    /** A worker has leased it. */
    RUNNING,
    /** It waits for its owner. */
    PAUSED,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /** Whether nothing comes after it. */
    public boolean isFinal() {
        return next().isEmpty();
    }

    /** What may come directly after it. */
    public Set<JobStatus> next() {
        return switch (this) {
            case VALIDATING_FILES -> Set.of(QUEUED, FAILED, CANCELLED);
            case QUEUED -> Set.of(RUNNING, PAUSED, FAILED, CANCELLED);
            case RUNNING -> Set.of(QUEUED, PAUSED, SUCCEEDED, FAILED, CANCELLED);
            case PAUSED -> Set.of(QUEUED, CANCELLED);
            case SUCCEEDED, FAILED, CANCELLED -> Set.of();
        };
    }
}
