package dev.ortune.graph.op;

import java.util.function.UnaryOperator;

/** Where a graph's dropout masks come from. */
public sealed interface DropoutMasks permits NoMasks, SeededMasks, FedMasks {

    /** Dropout is the identity: evaluation, inference, or by the user's choice. */
    static DropoutMasks none() {
        return new NoMasks();
    }

    /**
     * The graph draws its masks itself, decided by the seed: a graph that stands alone.
     *
     * <p>ONNX Runtime draws them on one thread, value by value.
     */
    static DropoutMasks seeded(long seed) {
        return seeded(seed, 0);
    }

    /**
     * As {@link #seeded(long)}, going on where such a graph stands after some runs: ONNX Runtime steps
     * every seed by one per run.
     */
    static DropoutMasks seeded(long seed, long runs) {
        return new SeededMasks(seed, runs);
    }

    /** The masks are inputs of the graph. */
    static FedMasks fed() {
        return new FedMasks();
    }

    /** Emits one use of dropout at a rate above 0. */
    Applied apply(GraphBuilder graph, String x, double rate, MaskShape shape);

    /** One use: its output, and how a gradient passes back through the same mask. */
    record Applied(String output, UnaryOperator<String> rule) {

        static Applied identity(String x) {
            return new Applied(x, UnaryOperator.identity());
        }

        String gradient(String outputGradient) {
            return rule.apply(outputGradient);
        }
    }
}
