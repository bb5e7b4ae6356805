package dev.ortune.graph;

import dev.ortune.checkpoint.TensorShape;

/**
 * A linear layer of the model, by its PyTorch module name.
 *
 * @param name e.g. {@code distilbert.transformer.layer.0.attention.q_lin}
 * @param inputSize columns of the weight
 * @param outputSize rows of the weight
 */
public record LinearModule(String name, long inputSize, long outputSize) {

    /** Name of the weight {@code [outputSize, inputSize]}. */
    public String weightName() {
        return name + ".weight";
    }

    /** Name of the bias {@code [outputSize]}. */
    public String biasName() {
        return name + ".bias";
    }

    /** Shape of the weight. */
    public TensorShape weightShape() {
        return TensorShape.of(outputSize, inputSize);
    }

    /** Shape of the bias. */
    public TensorShape biasShape() {
        return TensorShape.of(outputSize);
    }

    /** Its name without the number of its transformer layer: the same for all layers. */
    public String kind() {
        return name.replaceFirst("\\.layer\\.\\d+\\.", ".layer.*.");
    }

    /** Whether a PEFT target names this module: its whole name or a dotted suffix of it. */
    public boolean matches(String target) {
        return name.equals(target) || name.endsWith("." + target);
    }
}
