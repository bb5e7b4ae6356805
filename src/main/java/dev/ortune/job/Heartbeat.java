package dev.ortune.job;

import java.util.Optional;

/**
 * The answer to a worker that is alive.
 *
 * @param lease renewed
 * @param wish what the job's owner wants
 */
public record Heartbeat(Lease lease, Optional<JobWish> wish) {}
