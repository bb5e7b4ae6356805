package dev.ortune.job;

import org.jdbi.v3.core.Handle;

/**
 * Is told of every change of a job's status, within the transaction of the change: what it writes
 * through the handle is kept if and only if the change is.
 */
@FunctionalInterface
public interface JobListener {

    /** Hears of nothing. */
    JobListener NONE = (handle, job, status) -> {};

    /**
     * A job changes its status. What this throws undoes the change.
     *
     * @param handle of the transaction, which holds the lock on the job's row
     * @param job as it was before
     * @param status what it becomes
     */
    void changed(Handle handle, Job job, JobStatus status);
}
