package dev.ortune.train;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The inputs of the steps of a run from some step on, epoch after epoch; each is laid out when it is
 * asked for.
 *
 * <p>For one thread; it waits for texts that are not tokenized yet.
 */
final class StepAssembly implements Iterator<StepInputs> {

    private final TokenizedDataset dataset;
    private final EpochOrder order;
    private final TrainingRecipe recipe;
    private final BatchSplitter splitter;
    private List<List<Integer>> epochBatches = List.of();
    private int epoch;
    private int nextBatch;

    /** Of the next epoch, those that an earlier run has trained on. */
    private int skippedBatches;

    StepAssembly(
            TokenizedDataset dataset,
            EpochOrder order,
            TrainingRecipe recipe,
            BatchSplitter splitter,
            RunProgress from) {
        this.dataset = dataset;
        this.order = order;
        this.recipe = recipe;
        this.splitter = splitter;
        boolean epochDone = from.epochSteps() == order.stepCount();
        this.epoch = epochDone ? from.epoch() : from.epoch() - 1;
        this.skippedBatches = epochDone ? 0 : from.epochSteps() * recipe.gradientAccumulation();
    }

    @Override
    public boolean hasNext() {
        return nextBatch < epochBatches.size() || epoch < recipe.epochs();
    }

    @Override
    public StepInputs next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (nextBatch == epochBatches.size()) {
            epoch++;
            epochBatches = order.batches(epoch, dataset::length);
            nextBatch = skippedBatches;
            skippedBatches = 0;
        }
        int end =
                nextBatch
                        + Math.min(epochBatches.size() - nextBatch, recipe.gradientAccumulation());
        List<List<Integer>> batches = epochBatches.subList(nextBatch, end);
        nextBatch = end;
        return StepInputs.of(
                batches.stream()
                        .map(batch -> batch.stream().map(dataset::example).toList())
                        .toList(),
                splitter);
    }
}
