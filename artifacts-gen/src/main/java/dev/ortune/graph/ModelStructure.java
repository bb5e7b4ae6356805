package dev.ortune.graph;

import dev.ortune.checkpoint.TensorShape;
import java.util.List;
import java.util.Map;

/**
 * What a model consists of: its linear layers, its head and every tensor's shape, read off its own
 * forward pass.
 *
 * @param config the encoder's numbers
 * @param linears every linear layer, head included, in the order of the forward pass
 * @param head the layers behind the encoder
 * @param tensors every tensor of the model with its shape, head included
 * @param defaultTarget the module that LoRA adapts unless told otherwise
 */
public record ModelStructure(
        EncoderConfig config,
        List<LinearModule> linears,
        List<HeadModule> head,
        Map<String, TensorShape> tensors,
        String defaultTarget) {

    public ModelStructure {
        linears = List.copyOf(linears);
        head = List.copyOf(head);
        tensors = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(tensors));
    }

    /** Whether a tensor belongs to the head. */
    public boolean isHead(String tensor) {
        return head.stream()
                .map(HeadModule::linear)
                .anyMatch(
                        linear ->
                                tensor.equals(linear.weightName())
                                        || tensor.equals(linear.biasName()));
    }

    /** The number of values of the whole model, head included, without any adapter. */
    public long valueCount() {
        return tensors.values().stream().mapToLong(TensorShape::elements).sum();
    }
}
