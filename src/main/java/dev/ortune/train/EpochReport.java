package dev.ortune.train;

import dev.ortune.evaluation.Evaluation;
import java.time.Duration;
import java.util.Optional;

/**
 * What one epoch brought.
 *
 * @param epoch counted from 1
 * @param steps optimizer steps so far
 * @param trainingLoss mean over the epoch's batches
 * @param evaluation on the validation data, if there is any
 * @param trainingTime of the epoch's steps
 * @param tokens trained in the epoch
 */
public record EpochReport(
        int epoch,
        int steps,
        double trainingLoss,
        Optional<Evaluation> evaluation,
        Duration trainingTime,
        long tokens) {

    /** Tokens per second of training. */
    public double tokensPerSecond() {
        return tokens / Math.max(1e-9, trainingTime.toNanos() / 1e9);
    }
}
