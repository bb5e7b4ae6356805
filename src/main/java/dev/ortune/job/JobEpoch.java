package dev.ortune.job;

import java.time.Instant;
import java.util.Optional;

/**
 * What one epoch of a job brought.
 *
 * @param epoch counted from 1
 * @param step the last one of the epoch
 * @param trainingLoss mean over the epoch
 * @param evaluation on the validation rows, a JSON object; empty without such rows
 */
public record JobEpoch(
        int epoch, int step, Instant createdAt, double trainingLoss, Optional<String> evaluation) {}
