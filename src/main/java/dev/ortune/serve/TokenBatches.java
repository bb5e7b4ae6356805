package dev.ortune.serve;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Groups texts of like length into batches. The budget bounds rows times the longest row: attention
 * pads, everything else does not.
 */
final class TokenBatches {

    private TokenBatches() {}

    /**
     * Every index once, in batches; a text beyond the budget is a batch by itself.
     *
     * @param lengths each text's tokens
     * @param budget slots per batch
     */
    static List<List<Integer>> of(List<Integer> lengths, int budget) {
        List<Integer> byLength =
                IntStream.range(0, lengths.size())
                        .boxed()
                        .sorted(Comparator.comparing(lengths::get))
                        .toList();
        List<List<Integer>> batches = new ArrayList<>();
        List<Integer> batch = new ArrayList<>();
        for (int index : byLength) {
            long slots = (batch.size() + 1L) * lengths.get(index);
            if (!batch.isEmpty() && slots > budget) {
                batches.add(batch);
                batch = new ArrayList<>();
            }
            batch.add(index);
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }
}
