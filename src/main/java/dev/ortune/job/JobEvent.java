package dev.ortune.job;

import java.time.Instant;

/**
 * Something that happened to a job.
 *
 * @param number counts a job's events, from 1
 * @param data a JSON object
 */
public record JobEvent(
        String jobId, long number, Instant createdAt, Level level, String message, String data) {

    /** How much it matters. */
    public enum Level {
        INFO,
        WARN,
        ERROR
    }
}
