package dev.ortune.graph.op;

import java.util.List;

/** {@code y = a + b} of equal shapes; {@code da = dy}, {@code db = dy}. */
public final class Residual {

    private Residual() {}

    /** Emits the addition. */
    public static Value apply(Tape tape, Value a, Value b) {
        return tape.record(
                tape.graph().node("Add", List.of(a.name(), b.name())),
                a.rows(),
                a.requiresGradient() || b.requiresGradient(),
                dy -> {
                    tape.accumulate(a, () -> dy);
                    tape.accumulate(b, () -> dy);
                });
    }
}
