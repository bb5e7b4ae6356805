package dev.ortune.export;

import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.graph.AdapterPlan;
import dev.ortune.graph.Initialization;
import dev.ortune.graph.TrainableParameter;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws the trainable parameters' start from a seed; every parameter has its own stream, so adding
 * one does not change the others.
 */
public final class InitialParameters {

    private final PreparedBase base;
    private final long seed;

    /** Parameters on a base, by a seed. */
    public InitialParameters(PreparedBase base, long seed) {
        this.base = base;
        this.seed = seed;
    }

    /** The start of every parameter of a plan, in its order. */
    public List<FloatTensor> of(AdapterPlan plan) {
        return plan.parameters().stream().map(this::start).toList();
    }

    private FloatTensor start(TrainableParameter parameter) {
        float[] values = new float[Math.toIntExact(parameter.shape().elements())];
        SplittableRandom random = new SplittableRandom(seed * 31 + parameter.name().hashCode());
        Initialization initialization = parameter.initialization();
        if (initialization instanceof Initialization.Normal normal) {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (random.nextGaussian() * normal.standardDeviation());
            }
        } else if (initialization instanceof Initialization.KaimingUniform uniform) {
            double bound = 1 / Math.sqrt(uniform.fanIn());
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(-bound, bound);
            }
        } else if (initialization instanceof Initialization.FromBase) {
            readBase(parameter.name(), values);
        }
        return new FloatTensor(parameter.name(), parameter.shape(), values);
    }

    private void readBase(String name, float[] values) {
        try (BaseWeights weights = BaseWeights.open(base)) {
            weights.read(name, 0, values);
        }
    }
}
