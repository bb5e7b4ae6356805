package dev.ortune.job;

/**
 * A job that a worker has taken.
 *
 * @param job as it is now, running
 */
public record Claim(Job job, Lease lease) {}
