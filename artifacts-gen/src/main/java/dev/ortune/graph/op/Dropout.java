package dev.ortune.graph.op;

/**
 * Inverted dropout, as PyTorch's: with mask m of Bernoulli(1 - rate), {@code y = x m / (1 - rate)}
 * and {@code dx = dy m / (1 - rate)}.
 *
 * <p>Every use has a mask of its own. At rate 0 and without masks it is the identity.
 */
public final class Dropout {

    private final double rate;
    private final DropoutMasks masks;

    /**
     * A dropout of a rate.
     *
     * @param rate the share of zeroed values, in [0, 1)
     * @param masks where each use's mask comes from
     */
    public Dropout(double rate, DropoutMasks masks) {
        this.rate = rate;
        this.masks = masks;
    }

    /** Emits the operation on rows {@code [rows, width]}, or nothing when it is the identity. */
    public Value apply(Tape tape, Value x, long width) {
        DropoutMasks.Applied applied =
                apply(tape.graph(), x.name(), new MaskShape.OfRows(x.rows(), width));
        if (applied.output().equals(x.name())) {
            return x;
        }
        return tape.record(
                applied.output(),
                x.rows(),
                x.requiresGradient(),
                dy -> tape.accumulate(x, () -> applied.gradient(dy)));
    }

    /** Emits the operation, or nothing when it is the identity, for a caller with its own rule. */
    DropoutMasks.Applied apply(GraphBuilder graph, String x, MaskShape shape) {
        return rate == 0 ? DropoutMasks.Applied.identity(x) : masks.apply(graph, x, rate, shape);
    }
}
