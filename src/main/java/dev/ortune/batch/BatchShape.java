package dev.ortune.batch;

/**
 * How large a batch may become.
 *
 * <p>Only attention pads; so what a batch costs beyond its tokens grows with its texts times the
 * square of the longest, and a short text in a long one's company is paid for at the long one's
 * length. A text joins if the padding that it causes stays small against the batch's tokens.
 *
 * @param maxTokens a batch is full when it holds so many; one text may be longer
 * @param maxRanks the most ranks of different adapters together, each of which costs every token;
 *     one adapter may have more
 */
public record BatchShape(int maxTokens, int maxRanks) {

    /**
     * Padded scores that cost as much as one token's linear layers: per layer these take 12 h²
     * multiplications (h wide) and a score takes 2 h, so 6 h, for h = 768. It only steers what shares
     * a batch.
     */
    private static final int SCORES_PER_TOKEN = 4608;

    /** Up to a quarter of a batch's work may be padding. */
    private static final int LARGEST_SHARE = 4;

    public BatchShape {
        if (maxTokens < 1 || maxRanks < 1) {
            throw new IllegalArgumentException(maxTokens + " tokens, " + maxRanks + " ranks");
        }
    }

    /** An empty batch of this shape. */
    GrowingBatch start() {
        return new GrowingBatch(this);
    }

    /** Whether texts of these lengths make a good batch. */
    boolean fits(int texts, long tokens, int longest, long sumOfSquares, int ranks) {
        long paddedScores = (long) texts * longest * longest - sumOfSquares;
        return tokens <= maxTokens
                && ranks <= maxRanks
                && paddedScores / SCORES_PER_TOKEN * LARGEST_SHARE <= tokens;
    }
}
