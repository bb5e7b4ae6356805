package dev.ortune.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** The order of the examples in each epoch, decided by the seed and the epoch alone. */
final class EpochOrder {

    private static final long EPOCH_STRIDE = 0x9E3779B97F4A7C15L;

    private final int exampleCount;
    private final TrainingRecipe recipe;

    EpochOrder(int exampleCount, TrainingRecipe recipe) {
        this.exampleCount = exampleCount;
        this.recipe = recipe;
    }

    /** Batches of example indices, the last one maybe smaller. */
    List<List<Integer>> batches(int epoch) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, exampleCount).boxed().toList());
        if (recipe.shuffle()) {
            Collections.shuffle(order, new Random(recipe.seed() + epoch * EPOCH_STRIDE));
        }
        List<List<Integer>> batches = new ArrayList<>();
        int start = 0;
        while (start < exampleCount) {
            int size = Math.min(exampleCount - start, recipe.batchSize());
            batches.add(List.copyOf(order.subList(start, start + size)));
            start += size;
        }
        return batches;
    }
}
