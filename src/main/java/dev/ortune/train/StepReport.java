package dev.ortune.train;

import java.time.Duration;

/**
 * What one optimizer step did.
 *
 * @param step counted from 1
 * @param totalSteps of the whole run
 * @param epoch counted from 1
 * @param loss mean over the step's batches
 * @param gradientNorm the Euclidean norm of the gradient over all parameters together, before it is
 *     clipped; infinite or NaN where the gradient is too large for float32
 * @param learningRate of the step
 * @param tokens trained so far, in the whole run
 * @param trainingTime spent in steps so far
 */
public record StepReport(
        int step,
        int totalSteps,
        int epoch,
        double loss,
        double gradientNorm,
        double learningRate,
        long tokens,
        Duration trainingTime) {

    /** Tokens per second of training so far. */
    public double tokensPerSecond() {
        return tokens / Math.max(1e-9, trainingTime.toNanos() / 1e9);
    }
}
