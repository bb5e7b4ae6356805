package dev.ortune.graph.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code y = x Wᵀ + b} with x {@code [tokens, in]}, W {@code [out, in]} as PyTorch stores it, b
 * {@code [out]}.
 *
 * <pre>
 * dx = dy W        dW = dyᵀ x        db = Σ_tokens dy
 * </pre>
 *
 * <p>Frozen W and b cost no gradient. ONNX Runtime packs a frozen W once for either direction, so
 * one copy on disk serves both.
 */
public final class Linear {

    private Linear() {}

    /** Emits the layer; W and b may be frozen or trainable. */
    public static Value apply(Tape tape, Value x, Value weight, Value bias) {
        GraphBuilder graph = tape.graph();
        String y =
                graph.node(
                        "Gemm",
                        List.of(x.name(), weight.name(), bias.name()),
                        Attributes.of("transB", 1));
        boolean differentiable =
                x.requiresGradient() || weight.requiresGradient() || bias.requiresGradient();
        return tape.record(
                y,
                x.rows(),
                differentiable,
                dy -> {
                    inputGradient(tape, x, dy, weight);
                    tape.accumulate(
                            weight,
                            () ->
                                    graph.node(
                                            "Gemm",
                                            List.of(dy, x.name()),
                                            Attributes.of("transA", 1)));
                    tape.accumulate(bias, () -> sumOverRows(graph, dy));
                });
    }

    /** {@code dx += dy W}, the sum so far riding on the Gemm's C input. */
    static void inputGradient(Tape tape, Value x, String dy, Value weight) {
        tape.accumulateInto(x, sum -> gemm(tape.graph(), dy, weight.name(), sum));
    }

    /** {@code a b + sum}. */
    static String gemm(GraphBuilder graph, String a, String b, Optional<String> sum) {
        List<String> inputs = new ArrayList<>(List.of(a, b));
        sum.ifPresent(inputs::add);
        return graph.node("Gemm", inputs);
    }

    private static String sumOverRows(GraphBuilder graph, String dy) {
        return graph.node(
                "ReduceSum", List.of(dy, graph.int64s("axis_0", 0)), Attributes.of("keepdims", 0));
    }
}
