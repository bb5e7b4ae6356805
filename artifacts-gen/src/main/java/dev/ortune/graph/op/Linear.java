package dev.ortune.graph.op;

import dev.ortune.onnx.proto.AttributeProto;
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
 * <p>A {@link LinearScale} multiplies both terms, and with them the gradients.
 *
 * <p>Frozen W and b cost no gradient. ONNX Runtime packs a frozen W once for either direction, so
 * one copy on disk serves both.
 */
public final class Linear {

    private Linear() {}

    /** Emits the layer; W and b may be frozen or trainable. */
    public static Value apply(Tape tape, Value x, Value weight, Value bias, LinearScale scale) {
        GraphBuilder graph = tape.graph();
        String y =
                graph.node(
                        "Gemm",
                        List.of(x.name(), weight.name(), bias.name()),
                        scale.forward(Attributes.of("transB", 1)));
        boolean differentiable =
                x.requiresGradient() || weight.requiresGradient() || bias.requiresGradient();
        return tape.record(
                y,
                x.rows(),
                differentiable,
                dy -> {
                    inputGradient(tape, x, dy, weight, scale);
                    tape.accumulate(
                            weight,
                            () ->
                                    graph.node(
                                            "Gemm",
                                            List.of(dy, x.name()),
                                            scale.backward(Attributes.of("transA", 1))));
                    tape.accumulate(bias, () -> biasGradient(graph, dy, scale));
                });
    }

    /** {@code dx += dy W}, the sum so far riding on the Gemm's C input. */
    static void inputGradient(Tape tape, Value x, String dy, Value weight, LinearScale scale) {
        tape.accumulateInto(x, sum -> gemm(tape.graph(), dy, weight.name(), sum, scale.backward()));
    }

    /** {@code a b + sum}. */
    static String gemm(
            GraphBuilder graph,
            String a,
            String b,
            Optional<String> sum,
            AttributeProto... attributes) {
        List<String> inputs = new ArrayList<>(List.of(a, b));
        sum.ifPresent(inputs::add);
        return graph.node("Gemm", inputs, attributes);
    }

    private static String biasGradient(GraphBuilder graph, String dy, LinearScale scale) {
        String sum =
                graph.node(
                        "ReduceSum",
                        List.of(dy, graph.int64s("axis_0", 0)),
                        Attributes.of("keepdims", 0));
        return scale.bias() == 1
                ? sum
                : graph.node(
                        "Mul",
                        List.of(
                                sum,
                                graph.floatScalar("bias_scale_" + scale.bias(), scale.bias())));
    }
}
