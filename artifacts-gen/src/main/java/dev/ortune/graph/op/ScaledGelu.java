package dev.ortune.graph.op;

import java.util.List;

/**
 * GELU (Hendrycks and Gimpel 2016, arXiv:1606.08415) in the scale in which it is cheapest to
 * differentiate: with {@code t = x/√2}, {@code gelu(x) = x (1 + erf(x/√2)) / 2 = g(t)/√2}, where
 *
 * <pre>
 * g(t)  = t (1 + erf t)
 * dt    = dg (1 + erf t + t · 2/√π · exp(-t²))
 * </pre>
 *
 * <p>The linear layers before and after it bring the factors {@link #FACTOR} along ({@link
 * LinearScale}). ONNX Runtime's GeluGrad runs on one thread; these nodes use all.
 */
public final class ScaledGelu {

    /** What the layer before multiplies its output by, and the layer after its input. */
    public static final float FACTOR = (float) Math.sqrt(0.5);

    private static final float LOG_SLOPE = (float) Math.log(2 / Math.sqrt(Math.PI));

    private ScaledGelu() {}

    /** Emits {@code g(t)}. */
    public static Value apply(Tape tape, Value t) {
        GraphBuilder graph = tape.graph();
        String erf = graph.node("Erf", List.of(t.name()));
        String factor = graph.node("Add", List.of(erf, graph.floatScalar("one", 1)));
        return tape.record(
                graph.node("Mul", List.of(t.name(), factor)),
                t.rows(),
                t.requiresGradient(),
                dg -> tape.accumulate(t, () -> gradient(graph, dg, t.name(), factor)));
    }

    private static String gradient(GraphBuilder graph, String dg, String t, String factor) {
        String square = graph.node("Mul", List.of(t, t));
        String exponent =
                graph.node("Sub", List.of(graph.floatScalar("gelu_log_slope", LOG_SLOPE), square));
        String bell = graph.node("Exp", List.of(exponent));
        String slope = graph.node("Add", List.of(graph.node("Mul", List.of(t, bell)), factor));
        return graph.node("Mul", List.of(slope, dg));
    }
}
