package dev.ortune.job;

import java.util.Optional;

/** What binds a running task to its job; for the task's thread. */
public interface TaskControl {

    /** The task has come so far; told to the database with the next heartbeat. */
    void reached(JobProgress progress);

    /** Whether and why the task is to stop; to be asked between steps. */
    Optional<StopReason> stopAsked();
}
