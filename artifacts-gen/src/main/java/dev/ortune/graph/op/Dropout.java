package dev.ortune.graph.op;

import java.util.List;

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

    /** Emits the operation, or nothing when it is the identity. */
    public Value apply(Tape tape, Value x) {
        if (rate == 0 || !seeds.active()) {
            return x;
        }
        GraphBuilder graph = tape.graph();
        String ratio = graph.floatScalar("dropout_rate_" + rate, (float) rate);
        String training = graph.bool("training_mode", true);
        List<String> outputs =
                graph.nodes(
                        "",
                        "Dropout",
                        List.of(x.name(), ratio, training),
                        2,
                        Attributes.of("seed", seeds.next()));
        String mask = outputs.get(1);
        return tape.record(
                outputs.get(0),
                x.requiresGradient(),
                dy ->
                        tape.accumulate(
                                x,
                                () ->
                                        graph.microsoftNode(
                                                "DropoutGrad",
                                                List.of(dy, mask, ratio, training))));
    }
}
