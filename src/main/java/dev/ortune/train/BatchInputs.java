package dev.ortune.train;

import dev.ortune.checkpoint.TensorShape;
import dev.ortune.graph.TextInputs;
import dev.ortune.graph.op.BatchSize;
import dev.ortune.ort.HostTensor;
import java.util.List;
import java.util.Map;

/**
 * A batch as the training graph takes it.
 *
 * @param parts that run one after the other
 */
public record BatchInputs(List<Part> parts) {

    public BatchInputs {
        parts = List.copyOf(parts);
    }

    static BatchInputs of(List<TokenizedExample> batch, BatchSplitter splitter) {
        return new BatchInputs(
                splitter.split(batch).stream()
                        .map(part -> new Part(ModelInputs.of(part.examples()), part.share()))
                        .toList());
    }

    /**
     * One run of the graph.
     *
     * @param tensors text inputs and labels
     * @param share of its mean loss in the batch's
     */
    public record Part(Map<String, HostTensor> tensors, float share) {

        BatchSize size() {
            TensorShape slots = tensors.get(TextInputs.PAD_INDEX).shape();
            return new BatchSize(
                    tensors.get(TextInputs.INPUT_IDS).shape().elements(),
                    slots.dimensions().get(0),
                    slots.dimensions().get(1));
        }
    }
}
