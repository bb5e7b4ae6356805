package dev.ortune.graph.op;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.util.List;

/** Elementwise activations, each beside its derivative. */
public enum Activation {
    /** {@code y = x Φ(x)}, exact (erf); {@link ScaledGelu} where it must be differentiated. */
    GELU {
        @Override
        public Value apply(Tape tape, Value x) {
            if (x.requiresGradient()) {
                throw new IllegalStateException("differentiate the scaled form");
            }
            return Value.constant(tape.graph().microsoftNode("Gelu", List.of(x.name())), x.rows());
        }
    },
    /** {@code y = max(x, 0)}; {@code dx = dy [y > 0]}. */
    RELU {
        @Override
        public Value apply(Tape tape, Value x) {
            GraphBuilder graph = tape.graph();
            String y = graph.node("Relu", List.of(x.name()));
            return tape.record(
                    y,
                    x.rows(),
                    x.requiresGradient(),
                    dy ->
                            tape.accumulate(
                                    x, () -> graph.microsoftNode("ReluGrad", List.of(dy, y))));
        }
    },
    /** {@code y = tanh(x)}; {@code dx = dy (1 - y²)}. */
    TANH {
        @Override
        public Value apply(Tape tape, Value x) {
            GraphBuilder graph = tape.graph();
            String y = graph.node("Tanh", List.of(x.name()));
            return tape.record(
                    y,
                    x.rows(),
                    x.requiresGradient(),
                    dy ->
                            tape.accumulate(
                                    x,
                                    () -> {
                                        String one = graph.floatScalar("one", 1f);
                                        String square = graph.node("Mul", List.of(y, y));
                                        String slope = graph.node("Sub", List.of(one, square));
                                        return graph.node("Mul", List.of(dy, slope));
                                    }));
        }
    };

    /** Emits the activation. */
    public abstract Value apply(Tape tape, Value x);

    /**
     * The activation that a {@code config.json} names.
     *
     * @throws InvalidInputException {@code BASE_CONFIG} for one that is not supported
     */
    public static Activation named(String name) {
        return switch (name) {
            case "gelu" -> GELU;
            case "relu" -> RELU;
            default ->
                    throw new InvalidInputException(
                            ErrorCode.BASE_CONFIG,
                            "The base's activation \"" + name + "\" is not supported.",
                            "Use a base whose activation is gelu or relu.");
        };
    }
}
