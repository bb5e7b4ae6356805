package dev.ortune.graph.op;

import java.util.List;

/**
 * {@code y = g (x - μ) / σ + b} over the last axis of x {@code [tokens, hidden]} (Ba et al. 2016,
 * arXiv:1607.06450), g and b frozen.
 *
 * <p>With x̂ = (x - μ)/σ and h = dy g:
 *
 * <pre>
 * dx = (h - mean(h) - x̂ mean(h x̂)) / σ
 * </pre>
 */
public final class LayerNormalization {

    private LayerNormalization() {}

    /** Emits the layer. */
    public static Value apply(Tape tape, Value x, Value scale, Value shift, double epsilon) {
        GraphBuilder graph = tape.graph();
        // The statistics are outputs only where the gradient needs them.
        List<String> outputs =
                graph.nodes(
                        "",
                        "LayerNormalization",
                        List.of(x.name(), scale.name(), shift.name()),
                        x.requiresGradient() ? 3 : 1,
                        Attributes.of("axis", -1),
                        Attributes.of("epsilon", (float) epsilon));
        return tape.record(
                outputs.get(0),
                x.rows(),
                x.requiresGradient(),
                dy ->
                        tape.accumulate(
                                x,
                                () ->
                                        inputGradient(
                                                graph,
                                                dy,
                                                x.name(),
                                                scale.name(),
                                                outputs.get(1),
                                                outputs.get(2))));
    }

    // ONNX Runtime's LayerNormalizationGrad runs on one thread and computes the gradients of g and
    // b,
    // which nobody needs here; these elementwise nodes take a fraction of its time.
    private static String inputGradient(
            GraphBuilder graph,
            String dy,
            String x,
            String scale,
            String mean,
            String inverseDeviation) {
        String centred = graph.node("Sub", List.of(x, mean));
        String normalized = graph.node("Mul", List.of(centred, inverseDeviation));
        String h = graph.node("Mul", List.of(dy, scale));
        String meanH = rowMean(graph, h);
        String meanHNormalized = rowMean(graph, graph.node("Mul", List.of(h, normalized)));
        String along = graph.node("Mul", List.of(normalized, meanHNormalized));
        String across = graph.node("Sub", List.of(graph.node("Sub", List.of(h, meanH)), along));
        return graph.node("Mul", List.of(across, inverseDeviation));
    }

    private static String rowMean(GraphBuilder graph, String rows) {
        return graph.node("ReduceMean", List.of(rows), Attributes.integers("axes", -1));
    }
}
