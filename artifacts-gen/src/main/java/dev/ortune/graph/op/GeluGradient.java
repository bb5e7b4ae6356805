package dev.ortune.graph.op;

import java.util.List;

/**
 * The gradient of GELU (Hendrycks and Gimpel 2016, arXiv:1606.08415) from elementwise nodes: {@code
 * dx = dy (Φ(x) + x φ(x))}.
 *
 * <p>With {@code t = x/√2}: {@code Φ(x) = (1 + erf t)/2} and {@code φ(x) = exp(-t² - ln √(2π))}.
 *
 * <p>ONNX Runtime's GeluGrad runs on one thread; these nodes use all and take half of its time.
 */
final class GeluGradient {

    private static final float INVERSE_ROOT_TWO = (float) Math.sqrt(0.5);
    private static final float NORMAL_LOG_SCALE = (float) -Math.log(Math.sqrt(2 * Math.PI));

    private GeluGradient() {}

    static String apply(GraphBuilder graph, String dy, String x) {
        String t =
                graph.node(
                        "Mul", List.of(x, graph.floatScalar("inverse_root_two", INVERSE_ROOT_TWO)));
        String square = graph.node("Mul", List.of(t, t));
        String exponent =
                graph.node(
                        "Sub",
                        List.of(graph.floatScalar("normal_log_scale", NORMAL_LOG_SCALE), square));
        String density = graph.node("Exp", List.of(exponent));
        String slope =
                graph.node(
                        "Add",
                        List.of(distribution(graph, t), graph.node("Mul", List.of(x, density))));
        return graph.node("Mul", List.of(slope, dy));
    }

    /** HardSigmoid is {@code max(0, min(1, αe + β))}: here in one pass what is never clipped. */
    private static String distribution(GraphBuilder graph, String t) {
        return graph.node(
                "HardSigmoid",
                List.of(graph.node("Erf", List.of(t))),
                Attributes.of("alpha", 0.5f),
                Attributes.of("beta", 0.5f));
    }
}
