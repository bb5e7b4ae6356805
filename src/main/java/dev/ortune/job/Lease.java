package dev.ortune.job;

import java.time.Instant;

/**
 * A worker's right to a job. Whoever has the token of the current lease may change the job; a worker
 * that let its lease run out has lost it for good.
 *
 * @param token of this lease alone
 * @param until it ends then unless renewed
 */
public record Lease(String jobId, String worker, String token, Instant until) {}
