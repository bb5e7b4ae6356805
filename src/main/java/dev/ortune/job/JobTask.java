package dev.ortune.job;

/** The work of a job. */
@FunctionalInterface
public interface JobTask {

    /**
     * Works until the job is done, or until it is asked to stop and has saved what it has; goes on from
     * what was saved before. On a thread of its own.
     *
     * @return what becomes of the job; {@link StopReason#outcome} where it was asked to stop
     * @throws dev.ortune.error.OrtuneException when the job cannot be done
     */
    JobOutcome run(Job job, TaskControl control);
}
