package dev.ortune.graph;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.util.OptionalDouble;

/**
 * AdamW (Loshchilov and Hutter 2017, arXiv:1711.05101) as PyTorch has it, with gradient clipping.
 *
 * @param weightDecay decoupled decay, per step times the learning rate
 * @param clipNorm the largest global gradient norm, or none
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added to the root of the second moment
 */
public record OptimizerOptions(
        double weightDecay, OptionalDouble clipNorm, double beta1, double beta2, double epsilon) {

    public OptimizerOptions {
        require(
                Double.isFinite(weightDecay) && weightDecay >= 0,
                "Weight decay must be a number of at least 0, not " + weightDecay + ".");
        clipNorm.ifPresent(
                norm ->
                        require(
                                Double.isFinite(norm) && norm > 0,
                                "The clip norm must be a positive number, not " + norm + "."));
    }

    /** Hugging Face Trainer's betas and epsilon with a decay and a clip norm. */
    public static OptimizerOptions adamW(double weightDecay, OptionalDouble clipNorm) {
        return new OptimizerOptions(weightDecay, clipNorm, 0.9, 0.999, 1e-8);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION, message, "Choose another value.");
        }
    }
}
