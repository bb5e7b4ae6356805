package dev.ortune.job;

import java.util.OptionalDouble;

/**
 * What one optimizer step of a job did.
 *
 * @param step counted from 1
 * @param epoch counted from 1
 * @param loss mean over the step's rows
 * @param gradientNorm of all trainable parameters, before it is clipped; empty where it is not known
 * @param tokens trained so far, in the whole run
 * @param seconds spent in steps so far
 */
public record JobStep(
        int step,
        int epoch,
        double loss,
        double learningRate,
        OptionalDouble gradientNorm,
        long tokens,
        double seconds) {

    /** Tokens per second so far. */
    public double tokensPerSecond() {
        return tokens / Math.max(1e-9, seconds);
    }
}
