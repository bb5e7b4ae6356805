package dev.ortune.export;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.EncoderConfig;
import dev.ortune.graph.OptimizerOptions;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What one export chooses.
 *
 * @param classifier LoRA, labels and loss
 * @param optimizer decay and clipping
 * @param maxLengthTokens the longest text, special tokens included; the base's own limit if empty
 * @param seed of the new parameters and of the dropout masks
 */
public record ExportOptions(
        ClassifierOptions classifier,
        OptimizerOptions optimizer,
        OptionalInt maxLengthTokens,
        long seed) {

    // [CLS] and [SEP]: a shorter text has no word.
    private static final int SMALLEST_LENGTH = 2;

    /** Options with the recipe's optimizer: decay 0.01, gradients clipped at norm 1. */
    public static ExportOptions of(
            ClassifierOptions classifier, OptionalInt maxLengthTokens, long seed) {
        return new ExportOptions(
                classifier,
                OptimizerOptions.adamW(0.01, OptionalDouble.of(1)),
                maxLengthTokens,
                seed);
    }

    /**
     * The longest text in tokens on an encoder.
     *
     * @throws InvalidInputException {@code INVALID_OPTION} when the encoder has fewer positions
     */
    public int maxLengthTokens(EncoderConfig encoder) {
        int length = maxLengthTokens.orElse(encoder.maxPositions());
        if (length < SMALLEST_LENGTH || length > encoder.maxPositions()) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "The maximum length "
                            + length
                            + " does not suit the base, whose texts have up to "
                            + encoder.maxPositions()
                            + " tokens.",
                    "Choose a maximum length of "
                            + SMALLEST_LENGTH
                            + " to "
                            + encoder.maxPositions()
                            + ".");
        }
        return length;
    }
}
