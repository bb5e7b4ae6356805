package dev.ortune.graph.op;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Inverted dropout, as PyTorch's: with mask m of Bernoulli(1 - rate), {@code y = x m / (1 - rate)}
 * and {@code dx = dy m / (1 - rate)}.
 *
 * <p>Every use draws its own mask from its own generator, seeded by the run's seed and the order of
 * use, so the same seed gives the same masks. At rate 0 and in inference graphs it is the identity.
 */
public final class Dropout {

    private final double rate;
    private final DropoutSeeds seeds;

    /**
     * A dropout of a rate.
     *
     * @param rate the share of zeroed values, in [0, 1)
     * @param seeds gives each use its seed
     */
    public Dropout(double rate, DropoutSeeds seeds) {
        this.rate = rate;
        this.seeds = seeds;
    }

    /** Emits the operation on a value, or nothing when it is the identity. */
    public Value apply(Tape tape, Value x) {
        Applied applied = apply(tape.graph(), x.name());
        if (applied.output().equals(x.name())) {
            return x;
        }
        return tape.record(
                applied.output(),
                x.requiresGradient(),
                dy -> tape.accumulate(x, () -> applied.gradient(dy)));
    }

    /** Emits the operation, or nothing when it is the identity, for a caller with a rule of its own. */
    Applied apply(GraphBuilder graph, String x) {
        if (rate == 0 || !seeds.active()) {
            return new Applied(x, dy -> dy);
        }
        String ratio = graph.floatScalar("dropout_rate_" + rate, (float) rate);
        String training = graph.bool("training_mode", true);
        List<String> outputs =
                graph.nodes(
                        "",
                        "Dropout",
                        List.of(x, ratio, training),
                        2,
                        Attributes.of("seed", seeds.next()));
        String mask = outputs.get(1);
        return new Applied(
                outputs.get(0),
                dy -> graph.microsoftNode("DropoutGrad", List.of(dy, mask, ratio, training)));
    }

    /** One use: its output, and how a gradient passes back through the same mask. */
    record Applied(String output, UnaryOperator<String> rule) {

        String gradient(String outputGradient) {
            return rule.apply(outputGradient);
        }
    }
}
