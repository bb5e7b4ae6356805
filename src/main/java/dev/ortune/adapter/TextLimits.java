package dev.ortune.adapter;

import dev.ortune.tokenizer.TruncationSide;
import java.util.OptionalInt;

/**
 * How a model wants long texts to be cut.
 *
 * @param maxTokens the longest text in tokens, special tokens included; empty for as long as the
 *     base allows
 * @param truncationSide the end that is cut off
 */
public record TextLimits(OptionalInt maxTokens, TruncationSide truncationSide) {

    /** As long as the base allows, cut at the end. */
    public static final TextLimits DEFAULTS =
            new TextLimits(OptionalInt.empty(), TruncationSide.RIGHT);

    /** Limits that a run chose. */
    public static TextLimits of(int maxTokens, TruncationSide truncationSide) {
        return new TextLimits(OptionalInt.of(maxTokens), truncationSide);
    }
}
