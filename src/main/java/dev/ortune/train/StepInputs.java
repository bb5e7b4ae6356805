package dev.ortune.train;

import java.util.List;

/**
 * All that one optimizer step needs.
 *
 * @param batches to accumulate
 * @param tokens in all of them
 */
public record StepInputs(List<BatchInputs> batches, long tokens) {

    public StepInputs {
        batches = List.copyOf(batches);
    }

    /** Lays batches out. */
    public static StepInputs of(List<List<TokenizedExample>> batches, BatchSplitter splitter) {
        return new StepInputs(
                batches.stream().map(batch -> BatchInputs.of(batch, splitter)).toList(),
                batches.stream()
                        .flatMap(List::stream)
                        .mapToLong(example -> example.tokens().length)
                        .sum());
    }
}
