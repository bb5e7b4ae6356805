package dev.ortune.train;

import dev.ortune.ort.HostTensor;
import java.util.List;
import java.util.Map;

/**
 * All that one optimizer step needs.
 *
 * @param batches text inputs and labels of each batch to accumulate
 * @param tokens in all of them
 */
record StepInputs(List<Map<String, HostTensor>> batches, long tokens) {

    StepInputs {
        batches = List.copyOf(batches);
    }

    static StepInputs of(List<List<TokenizedExample>> batches) {
        return new StepInputs(
                batches.stream().map(ModelInputs::of).toList(),
                batches.stream()
                        .flatMap(List::stream)
                        .mapToLong(example -> example.tokens().length)
                        .sum());
    }
}
