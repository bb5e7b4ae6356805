package dev.ortune.dataset.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How long texts are, in tokens, uncut and with special tokens.
 *
 * @param median of equal halves the longer's shortest
 * @param p95 so that 95% of the texts are at most as long
 * @param histogram counts by length, doubling from bucket to bucket
 * @param maxTokens longer texts are cut
 * @param truncated texts that are
 * @param meanCut mean of what is left of them
 */
public record LengthSummary(
        int shortest,
        double mean,
        int median,
        int p95,
        int longest,
        List<Bucket> histogram,
        int maxTokens,
        long truncated,
        double meanCut) {

    private static final int FIRST_BUCKET = 8;

    /**
     * Texts of a range of lengths.
     *
     * @param upTo the longest that counts here; the shortest is longer than the bucket before
     */
    public record Bucket(int upTo, long texts) {}

    public LengthSummary {
        histogram = List.copyOf(histogram);
    }

    /**
     * Sums lengths up.
     *
     * @param lengths of all texts, at least one
     */
    static LengthSummary of(int[] lengths, int maxTokens) {
        int[] sorted = lengths.clone();
        Arrays.sort(sorted);
        int count = sorted.length;
        return new LengthSummary(
                sorted[0],
                Arrays.stream(sorted).average().orElseThrow(),
                sorted[count / 2],
                sorted[(int) Math.ceil(0.95 * count) - 1],
                sorted[count - 1],
                histogram(sorted),
                maxTokens,
                Arrays.stream(sorted).filter(length -> length > maxTokens).count(),
                Arrays.stream(sorted)
                        .map(length -> Math.min(length, maxTokens))
                        .average()
                        .orElseThrow());
    }

    private static List<Bucket> histogram(int[] sorted) {
        List<Bucket> buckets = new ArrayList<>();
        int next = 0;
        for (int upTo = FIRST_BUCKET; next < sorted.length; upTo *= 2) {
            int from = next;
            while (next < sorted.length && sorted[next] <= upTo) {
                next++;
            }
            buckets.add(new Bucket(upTo, next - from));
        }
        return buckets;
    }
}
