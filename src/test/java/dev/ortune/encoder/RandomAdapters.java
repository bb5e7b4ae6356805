package dev.ortune.encoder;

import dev.ortune.adapter.Adapter;
import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.export.PreparedBase;
import dev.ortune.graph.AdapterPlan;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.LoraOptions;
import dev.ortune.graph.ProblemType;
import dev.ortune.graph.TrainableParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Adapters of a base with random numbers in every tensor, large enough to change the answers. */
public final class RandomAdapters {

    private final PreparedBase base;
    private final SplittableRandom random;

    public RandomAdapters(PreparedBase base, long seed) {
        this.base = base;
        this.random = new SplittableRandom(seed);
    }

    /** One of the given form. */
    public Adapter next(int rank, List<String> targets, int labels, Set<String> modulesToSave) {
        ClassifierOptions options =
                new ClassifierOptions(
                        new LoraOptions(rank, 2.0 * rank, 0, targets),
                        IntStream.range(0, labels).mapToObj(i -> "label " + i).toList(),
                        ProblemType.SINGLE_LABEL,
                        Optional.empty(),
                        true,
                        modulesToSave);
        AdapterPlan plan = base.graphs(options).plan();
        List<FloatTensor> tensors = new ArrayList<>();
        for (TrainableParameter parameter : plan.parameters()) {
            float[] values = new float[Math.toIntExact(parameter.shape().elements())];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (random.nextGaussian() * 0.3);
            }
            tensors.add(new FloatTensor(parameter.name(), parameter.shape(), values));
        }
        return Adapter.trained("base", plan, options, tensors);
    }

    /** Texts of random tokens. */
    public List<int[]> texts(int count, int longest) {
        int vocabulary = base.model().config().vocabularySize();
        return IntStream.range(0, count)
                .mapToObj(i -> random.ints(1 + random.nextInt(longest), 0, vocabulary).toArray())
                .toList();
    }
}
