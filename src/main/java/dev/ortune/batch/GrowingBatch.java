package dev.ortune.batch;

import java.util.HashSet;
import java.util.Set;

/** What is in a batch so far. Not thread-safe. */
final class GrowingBatch {

    private final BatchShape shape;
    private final Set<Object> weights = new HashSet<>();
    private int texts;
    private int longest;
    private int ranks;
    private long tokens;
    private long sumOfSquares;

    GrowingBatch(BatchShape shape) {
        this.shape = shape;
    }

    /** Whether its tokens are full. */
    boolean isFull() {
        return tokens >= shape.maxTokens();
    }

    /** Adds an item if it fits; the first one always does. */
    boolean add(BatchItem item) {
        int length = item.tokens();
        long square = (long) length * length;
        int newRanks = ranks + (weights.contains(item.weights()) ? 0 : item.weightRanks());
        if (texts > 0
                && !shape.fits(
                        texts + 1,
                        tokens + length,
                        Math.max(longest, length),
                        sumOfSquares + square,
                        newRanks)) {
            return false;
        }
        weights.add(item.weights());
        texts++;
        tokens += length;
        longest = Math.max(longest, length);
        sumOfSquares += square;
        ranks = newRanks;
        return true;
    }
}
