package dev.ortune.tokenizer;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts an encoding into overlapping windows, as Transformers does with {@code
 * return_overflowing_tokens} and a stride: each has the special tokens around it, the last one may be
 * shorter.
 */
final class TokenWindows {

    private TokenWindows() {}

    /**
     * The windows of an encoding, one if it fits.
     *
     * @param ids the whole encoding, as [T]
     * @param specialTokensMask as in {@link TokenTruncation#truncate}
     * @param maxTokens of a window, special tokens included
     * @param overlap tokens that a window repeats of the one before it
     * @throws InvalidInputException {@code INVALID_OPTION} when a window has no room for more than
     *     the overlap
     */
    static List<int[]> of(long[] ids, long[] specialTokensMask, int maxTokens, int overlap) {
        int prefix = TokenTruncation.leadingSpecials(specialTokensMask);
        int suffix = TokenTruncation.trailingSpecials(specialTokensMask, prefix);
        int room = maxTokens - prefix - suffix;
        if (room <= overlap) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "A window of "
                            + maxTokens
                            + " tokens has no room for more than the overlap of "
                            + overlap
                            + ".",
                    "Choose a smaller overlap.");
        }
        int count = ids.length - prefix - suffix;
        List<int[]> windows = new ArrayList<>();
        int from = 0;
        while (true) {
            int length = Math.min(room, count - from);
            int[] window = new int[prefix + length + suffix];
            TokenTruncation.copy(ids, 0, window, 0, prefix);
            TokenTruncation.copy(ids, prefix + from, window, prefix, length);
            TokenTruncation.copy(ids, ids.length - suffix, window, prefix + length, suffix);
            windows.add(window);
            if (from + length >= count) {
                return windows;
            }
            from += room - overlap;
        }
    }
}
