package dev.ortune.graph.op;

/** Dropout switched off. */
record NoMasks() implements DropoutMasks {

    @Override
    public Applied apply(GraphBuilder graph, String x, double rate, MaskShape shape) {
        return Applied.identity(x);
    }
}
