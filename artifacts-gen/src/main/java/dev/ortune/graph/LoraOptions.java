package dev.ortune.graph;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.util.List;

/**
 * The low-rank update to train, as in PEFT's {@code LoraConfig}.
 *
 * @param rank r, at least 1 and at most the smaller side of every adapted layer
 * @param alpha the update is scaled by alpha / rank
 * @param dropout the rate on the update's input, in [0, 1)
 * @param targetModules module names or their dotted suffixes; {@code all-linear} for every linear
 *     layer but the head; empty for the family's default
 */
public record LoraOptions(int rank, double alpha, double dropout, List<String> targetModules) {

    /** The recipe's defaults: rank 4, alpha 32, dropout 0.01, the family's query projections. */
    public static final LoraOptions DEFAULTS = new LoraOptions(4, 32, 0.01, List.of());

    public LoraOptions {
        targetModules = List.copyOf(targetModules);
        require(rank >= 1, "LoRA rank must be at least 1, not " + rank + ".", "4");
        require(
                Double.isFinite(alpha) && alpha > 0,
                "LoRA alpha must be a positive number, not " + alpha + ".",
                "32");
        require(
                Float.isFinite((float) (alpha / rank)) && (float) (alpha / rank) > 0,
                "LoRA alpha " + alpha + " over rank " + rank + " is out of float32's range.",
                "32");
        require(
                dropout >= 0 && dropout < 1,
                "LoRA dropout must be at least 0 and below 1, not " + dropout + ".",
                "0.01");
    }

    /** The factor s = alpha / rank on the update. */
    public float scaling() {
        return (float) (alpha / rank);
    }

    private static void require(boolean condition, String message, String example) {
        if (!condition) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    message,
                    "Choose another value, for example " + example + ".");
        }
    }
}
