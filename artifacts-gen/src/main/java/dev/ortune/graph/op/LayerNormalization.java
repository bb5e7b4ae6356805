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
                x.requiresGradient(),
                dy ->
                        tape.accumulate(
                                x,
                                () ->
                                        graph.nodes(
                                                        GraphBuilder.MICROSOFT,
                                                        "LayerNormalizationGrad",
                                                        List.of(
                                                                dy,
                                                                x.name(),
                                                                scale.name(),
                                                                outputs.get(1),
                                                                outputs.get(2)),
                                                        3,
                                                        Attributes.of("axis", -1))
                                                .get(0)));
    }
}
