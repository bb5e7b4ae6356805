package dev.ortune.graph.op;

/**
 * A tensor in a graph under construction.
 *
 * @param name its name in the ONNX graph
 * @param requiresGradient whether a trainable parameter stands behind it, so that the backward pass
 *     must reach it; gradients of other values are never built
 */
public record Value(String name, boolean requiresGradient) {

    /** A value that no gradient flows to: inputs and frozen weights. */
    public static Value constant(String name) {
        return new Value(name, false);
    }
}
