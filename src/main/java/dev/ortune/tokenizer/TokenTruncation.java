package dev.ortune.tokenizer;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;

/**
 * Cuts an encoding to a length as Transformers does: the special tokens around the text stay, the
 * text's own tokens go from one side.
 */
final class TokenTruncation {

    private TokenTruncation() {}

    /**
     * @param ids the whole encoding, as [T]
     * @param specialTokensMask [T], 1 for the tokens that the template added; a special token
     *     written in the text itself is 0
     * @throws InvalidInputException {@code INVALID_OPTION} when not even the special tokens fit
     */
    static int[] truncate(
            long[] ids, long[] specialTokensMask, int maxTokens, TruncationSide side) {
        int prefix = leadingSpecials(specialTokensMask);
        int suffix = trailingSpecials(specialTokensMask, prefix);
        if (maxTokens < prefix + suffix) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "A maximum length of "
                            + maxTokens
                            + " tokens has no room for the "
                            + (prefix + suffix)
                            + " special tokens around a text.",
                    "Choose a maximum length of " + (prefix + suffix + 1) + " or more.");
        }
        int cut = Math.max(0, ids.length - maxTokens);
        int keptFrom = side == TruncationSide.LEFT ? prefix + cut : prefix;
        int keptCount = ids.length - prefix - suffix - cut;
        int[] result = new int[ids.length - cut];
        copy(ids, 0, result, 0, prefix);
        copy(ids, keptFrom, result, prefix, keptCount);
        copy(ids, ids.length - suffix, result, prefix + keptCount, suffix);
        return result;
    }

    static int leadingSpecials(long[] mask) {
        int count = 0;
        while (count < mask.length && mask[count] == 1) {
            count++;
        }
        return count;
    }

    static int trailingSpecials(long[] mask, int prefix) {
        int count = 0;
        while (count < mask.length - prefix && mask[mask.length - 1 - count] == 1) {
            count++;
        }
        return count;
    }

    static void copy(long[] from, int fromIndex, int[] to, int toIndex, int count) {
        for (int i = 0; i < count; i++) {
            to[toIndex + i] = Math.toIntExact(from[fromIndex + i]);
        }
    }
}
