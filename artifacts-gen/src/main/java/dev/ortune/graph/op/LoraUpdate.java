package dev.ortune.graph.op;

import java.util.List;

/**
 * The low-rank update alone, onto a product that some other operation computed: {@code y = product +
 * s · (x Aᵀ) Bᵀ}, for graphs that only infer. {@link LoraLinear} is the layer as a whole.
 */
public final class LoraUpdate {

    private LoraUpdate() {}

    /** Emits the update; A {@code [rank, in]}, B {@code [out, rank]}, product {@code [rows, out]}. */
    public static Value apply(
            Tape tape, Value product, Value x, Value loraA, Value loraB, float scaling) {
        if (product.requiresGradient() || x.requiresGradient() || loraA.requiresGradient()) {
            throw new IllegalStateException("differentiate the layer as a whole");
        }
        GraphBuilder graph = tape.graph();
        String u = graph.node("Gemm", List.of(x.name(), loraA.name()), Attributes.of("transB", 1));
        String y =
                graph.node(
                        "Gemm",
                        List.of(u, loraB.name(), product.name()),
                        Attributes.of("transB", 1),
                        Attributes.of("alpha", scaling));
        return Value.constant(y, product.rows());
    }
}
