package dev.ortune.graph.op;

import java.util.List;
import java.util.SplittableRandom;

/** Dropout nodes that draw their masks, each from a seed of its own. */
final class SeededMasks implements DropoutMasks {

    // ONNX Runtime reads the attribute as int64 and steps it once per run.
    private static final long SEED_BOUND = 1L << 31;

    private final SplittableRandom seeds;
    private final long runs;

    SeededMasks(long seed, long runs) {
        this.seeds = new SplittableRandom(seed);
        this.runs = runs;
    }

    @Override
    public Applied apply(GraphBuilder graph, String x, double rate, MaskShape shape) {
        String ratio = graph.floatScalar("dropout_rate_" + rate, (float) rate);
        String training = graph.bool("training_mode", true);
        List<String> outputs =
                graph.nodes(
                        "",
                        "Dropout",
                        List.of(x, ratio, training),
                        2,
                        Attributes.of("seed", seeds.nextLong(SEED_BOUND) + runs));
        String mask = outputs.get(1);
        return new Applied(
                outputs.get(0),
                dy -> graph.microsoftNode("DropoutGrad", List.of(dy, mask, ratio, training)));
    }
}
