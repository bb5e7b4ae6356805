package dev.ortune.graph.op;

import java.util.List;

/**
 * {@code y = x Wᵀ + b} with W in eight bits, for graphs that only infer: x {@code [tokens, in]}
 * float32, W as int8 {@code [in, out]} with one float32 scale per output, {@code [out]}, b {@code
 * [out]} float32.
 *
 * <p>Each run quantizes x as a whole to uint8 (ONNX's DynamicQuantizeLinear), multiplies in integers
 * and scales the sums (ONNX Runtime's DynamicQuantizeMatMul). So a row's result depends, within the
 * rounding, on the other rows of the run.
 */
public final class QuantizedLinear {

    /** The operator's place for a zero point of W, which is 0 throughout. */
    private static final String ABSENT = "";

    private QuantizedLinear() {}

    /** Emits the layer. */
    public static Value apply(Tape tape, Value x, Value weight, Value scale, Value bias) {
        if (x.requiresGradient()) {
            throw new IllegalStateException("a layer in eight bits has no gradient");
        }
        return Value.constant(
                tape.graph()
                        .microsoftNode(
                                "DynamicQuantizeMatMul",
                                List.of(
                                        x.name(),
                                        weight.name(),
                                        scale.name(),
                                        ABSENT,
                                        bias.name())),
                x.rows());
    }
}
