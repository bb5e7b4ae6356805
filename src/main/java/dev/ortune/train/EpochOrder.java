package dev.ortune.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** The order of the examples in each epoch, decided by the seed, the epoch and the texts' lengths. */
final class EpochOrder {

    private static final long EPOCH_STRIDE = 0x9E3779B97F4A7C15L;

    private final int exampleCount;
    private final TrainingRecipe recipe;

    EpochOrder(int exampleCount, TrainingRecipe recipe) {
        this.exampleCount = exampleCount;
        this.recipe = recipe;
    }

    /** Optimizer steps of each epoch. */
    int stepCount() {
        long batches = ceilDivide(exampleCount, recipe.batchSize());
        return (int) ceilDivide(batches, recipe.gradientAccumulation());
    }

    /** Every index once, before any grouping by length. */
    List<Integer> permutation(int epoch) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, exampleCount).boxed().toList());
        if (recipe.shuffle()) {
            Collections.shuffle(order, new Random(recipe.seed() + epoch * EPOCH_STRIDE));
        }
        return order;
    }

    /**
     * Batches of example indices, the last one maybe smaller.
     *
     * @param length of an example in tokens; asked only where the recipe groups by length
     */
    List<List<Integer>> batches(int epoch, IntUnaryOperator length) {
        List<Integer> order = permutation(epoch);
        if (recipe.groupByLength()) {
            long textsPerStep = (long) recipe.batchSize() * recipe.gradientAccumulation();
            order = LengthGroups.order(order, textsPerStep, length);
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

    private static long ceilDivide(long dividend, long divisor) {
        return (dividend + divisor - 1) / divisor;
    }
}
