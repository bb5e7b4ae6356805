package dev.ortune.job;

import java.util.Optional;

/** The work of a job. */
@FunctionalInterface
public interface JobTask {

    /**
     * Works until the job is done, or until it is asked to stop and has saved what it has; goes on from
     * what was saved before. On a thread of its own.
     *
     * @return the model that came of it; empty when it was stopped
     * @throws dev.ortune.error.OrtuneException when the job cannot be done
     */
    Optional<String> run(Job job, TaskControl control);
}
