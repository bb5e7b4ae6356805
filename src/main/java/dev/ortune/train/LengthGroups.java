package dev.ortune.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Brings texts of like length together, as Hugging Face Trainer's {@code LengthGroupedSampler}
 * ({@code get_length_grouped_indices} in transformers/trainer_pt_utils.py): less padding, at the price
 * of some chance.
 */
public final class LengthGroups {

    /** Trainer's bounds: a group is so many batches at most, and a dataset so many groups at least. */
    private static final long MOST_BATCHES_PER_GROUP = 50;

    private static final long FEWEST_GROUPS = 4;

    private LengthGroups() {}

    /**
     * The same indices, cut into groups, each sorted from the longest text to the shortest. The
     * longest text of all changes places with the first, so that a lack of memory shows at once.
     *
     * @param shuffled indices in random order, at least one
     * @param batchSize texts per optimizer step
     * @param length of the text with an index, in tokens
     */
    public static List<Integer> order(
            List<Integer> shuffled, long batchSize, IntUnaryOperator length) {
        Comparator<Integer> longestFirst =
                Comparator.comparingInt((Integer index) -> length.applyAsInt(index)).reversed();
        int groupSize = groupSize(shuffled.size(), batchSize);
        List<Integer> order = new ArrayList<>(shuffled);
        int longest = 0;
        for (int start = 0; start < order.size(); start += groupSize) {
            List<Integer> group = order.subList(start, Math.min(order.size(), start + groupSize));
            group.sort(longestFirst);
            if (longestFirst.compare(order.get(start), order.get(longest)) < 0) {
                longest = start;
            }
        }
        Integer first = order.get(0);
        order.set(0, order.get(longest));
        order.set(longest, first);
        return order;
    }

    /** Texts per group, never more than there are. */
    static int groupSize(int texts, long batchSize) {
        long batches =
                Math.max(1, Math.min(texts / batchSize / FEWEST_GROUPS, MOST_BATCHES_PER_GROUP));
        return (int) Math.min(texts, batches * batchSize);
    }
}
