package dev.ortune.train;

import dev.ortune.dataset.LabelledDataset;
import dev.ortune.dataset.LabelledExample;
import dev.ortune.tokenizer.TextTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Turns texts into token ids on threads of its own, so that training begins with the first batch and
 * not with the last text.
 *
 * <p>Owned by the training thread, which must close it before the tokenizer. Only the threads in here
 * call the tokenizer, which allows any number.
 */
final class BackgroundTokenizer implements AutoCloseable {

    private final TextTokenizer tokenizer;
    private final TrainingRecipe recipe;
    private final BackgroundThreads threads;

    private BackgroundTokenizer(
            TextTokenizer tokenizer, TrainingRecipe recipe, BackgroundThreads threads) {
        this.tokenizer = tokenizer;
        this.recipe = recipe;
        this.threads = threads;
    }

    /**
     * Starts the threads: as many as there are processors where training waits for all lengths, else
     * half, since the first steps compute meanwhile.
     */
    static BackgroundTokenizer start(TextTokenizer tokenizer, TrainingRecipe recipe) {
        int processors = Runtime.getRuntime().availableProcessors();
        int count = recipe.groupByLength() ? processors : Math.max(1, processors / 2);
        return new BackgroundTokenizer(
                tokenizer, recipe, new BackgroundThreads("ortune-training-tokens", count));
    }

    /** As {@link #tokenize(LabelledDataset, List)}, in the order of the file. */
    TokenizedDataset tokenize(LabelledDataset dataset) {
        return tokenize(dataset, IntStream.range(0, dataset.examples().size()).boxed().toList());
    }

    /**
     * Queues a dataset behind those queued before and returns at once.
     *
     * @param order every index of the dataset, first those that are needed first
     */
    TokenizedDataset tokenize(LabelledDataset dataset, List<Integer> order) {
        List<LabelledExample> rows = dataset.examples();
        List<Future<TokenizedExample>> examples =
                new ArrayList<>(Collections.nCopies(rows.size(), new CompletableFuture<>()));
        for (int index : order) {
            LabelledExample row = rows.get(index);
            examples.set(index, threads.submit(() -> tokenize(row)));
        }
        return new TokenizedDataset(examples);
    }

    /** Drops what is queued and waits for the texts under way. */
    @Override
    public void close() {
        threads.close();
    }

    private TokenizedExample tokenize(LabelledExample row) {
        int[] ids = tokenizer.encode(row.text(), recipe.maxTokens(), recipe.truncationSide());
        return new TokenizedExample(Arrays.stream(ids).asLongStream().toArray(), row.target());
    }
}
