package dev.ortune.job;

import java.time.Duration;

/** Hears what a worker does, for metrics; from its slots' threads, and must be quick. */
public interface WorkerListener {

    /** Hears nothing. */
    WorkerListener NONE = new WorkerListener() {};

    /**
     * The queue was asked for a job and has answered, with or without one.
     *
     * @param lane by the kind of its work
     */
    default void asked(String lane, Duration took) {}

    /** A job was left, or would have been, had its lease not been lost. */
    default void left(String lane, JobOutcome outcome) {}
}
