package dev.ortune.graph.op;

/**
 * A tensor in a graph under construction.
 *
 * @param name its name in the ONNX graph
 * @param rows what its rows stand for
 * @param requiresGradient whether a trainable parameter stands behind it, so that the backward pass
 *     must reach it; gradients of other values are never built
 */
public record Value(String name, Rows rows, boolean requiresGradient) {

    /** A value that no gradient flows to: inputs and frozen weights. */
    public static Value constant(String name) {
        return constant(name, Rows.OTHER);
    }

    /** A value that no gradient flows to, by rows. */
    public static Value constant(String name, Rows rows) {
        return new Value(name, rows, false);
    }

    /** A parameter. */
    public static Value parameter(String name, boolean trains) {
        return new Value(name, Rows.OTHER, trains);
    }
}
