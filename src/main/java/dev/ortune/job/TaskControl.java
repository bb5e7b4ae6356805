package dev.ortune.job;

import java.util.Optional;

/** What binds a running task to its job; for the task's thread. */
public interface TaskControl {

    /** The task has come so far; told to the database with the next heartbeat. */
    void reached(JobProgress progress);

    /** The right to the job, as it was renewed last. */
    Lease lease();

    /** Whether and why the task is to stop; to be asked between steps. */
    Optional<StopReason> stopAsked();
}
