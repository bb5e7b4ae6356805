package dev.ortune.graph.op;

import java.util.List;

/**
 * A frozen linear layer with a trainable low-rank update (Hu et al. 2021, arXiv:2106.09685), as PEFT
 * applies it: {@code y = x Wᵀ + b + s · (drop(x) Aᵀ) Bᵀ} with A {@code [rank, in]}, B {@code [out,
 * rank]} and s = alpha / rank.
 *
 * <p>With u = drop(x) Aᵀ {@code [tokens, rank]}:
 *
 * <pre>
 * dB = s · dyᵀ u      du = s · dy B      dA = duᵀ drop(x)      dx = dy W + drop'(du A)
 * </pre>
 *
 * <p>A {@link LinearScale} multiplies W's and the update's products alike, and the bias.
 */
public final class LoraLinear {

    private LoraLinear() {}

    /** Emits the layer; {@code dropped} is drop(x), which only the low-rank branch sees. */
    public static Value apply(
            Tape tape,
            Value x,
            Value dropped,
            Value weight,
            Value bias,
            Value loraA,
            Value loraB,
            float scaling,
            LinearScale scale) {
        GraphBuilder graph = tape.graph();
        String frozen =
                graph.node(
                        "Gemm",
                        List.of(x.name(), weight.name(), bias.name()),
                        scale.forward(Attributes.of("transB", 1)));
        float updateScaling = scale.product() * scaling;
        String u =
                graph.node(
                        "Gemm", List.of(dropped.name(), loraA.name()), Attributes.of("transB", 1));
        String y =
                graph.node(
                        "Gemm",
                        List.of(u, loraB.name(), frozen),
                        Attributes.of("transB", 1),
                        Attributes.of("alpha", updateScaling));
        boolean differentiable =
                x.requiresGradient() || loraA.requiresGradient() || loraB.requiresGradient();
        return tape.record(
                y,
                x.rows(),
                differentiable,
                dy -> {
                    Linear.inputGradient(tape, x, dy, weight, scale);
                    tape.accumulate(
                            loraB,
                            () ->
                                    graph.node(
                                            "Gemm",
                                            List.of(dy, u),
                                            Attributes.of("transA", 1),
                                            Attributes.of("alpha", updateScaling)));
                    String du =
                            graph.node(
                                    "Gemm",
                                    List.of(dy, loraB.name()),
                                    Attributes.of("alpha", updateScaling));
                    tape.accumulate(
                            loraA,
                            () ->
                                    graph.node(
                                            "Gemm",
                                            List.of(du, dropped.name()),
                                            Attributes.of("transA", 1)));
                    tape.accumulateInto(dropped, sum -> Linear.gemm(graph, du, loraA.name(), sum));
                });
    }
}
