package dev.ortune.train;

import dev.ortune.dataset.LabelSet;
import dev.ortune.evaluation.Evaluation;
import dev.ortune.evaluation.EvaluationAccumulator;
import dev.ortune.graph.ClassifierGraphs;
import dev.ortune.graph.ProblemType;
import dev.ortune.ort.HostTensor;
import dev.ortune.ort.Outputs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Evaluates a dataset in batches of like length under a token budget; the loss is the mean over all
 * texts, as Trainer's {@code eval_loss}. A background thread lays out the next batches meanwhile.
 */
final class Evaluator {

    /** Larger batches are no faster (docs/performance.md) and take more memory. */
    private static final int TOKEN_BUDGET = 512;

    private static final int BATCHES_AHEAD = 2;

    private final TokenizedDataset dataset;
    private final LabelSet labels;
    private final ProblemType problemType;

    Evaluator(TokenizedDataset dataset, LabelSet labels, ProblemType problemType) {
        this.dataset = dataset;
        this.labels = labels;
        this.problemType = problemType;
    }

    /** Texts. */
    int size() {
        return dataset.size();
    }

    /**
     * Runs the evaluation.
     *
     * @param step the optimizer steps before it, for messages
     * @param progress hears the number of texts done
     */
    Evaluation run(LoraTraining training, int step, IntConsumer progress) {
        EvaluationAccumulator accumulator = EvaluationAccumulator.of(labels, problemType);
        double lossSum = 0;
        int done = 0;
        try (Prefetcher<EvaluationBatch> batches = batchesAhead()) {
            while (batches.hasNext()) {
                EvaluationBatch next = batches.next();
                List<TokenizedExample> batch = next.examples();
                Outputs outputs = training.evaluate(next.inputs());
                float loss = outputs.scalar(ClassifierGraphs.LOSS);
                if (!Float.isFinite(loss)) {
                    throw RunLoop.diverged(
                            "The validation loss is " + loss + " after step " + step + ".");
                }
                lossSum += (double) loss * batch.size();
                float[] logits = outputs.floats(ClassifierGraphs.LOGITS);
                for (int row = 0; row < batch.size(); row++) {
                    accumulator.add(
                            Arrays.copyOfRange(
                                    logits, row * labels.size(), (row + 1) * labels.size()),
                            batch.get(row).target());
                }
                done += batch.size();
                progress.accept(done);
            }
        }
        return accumulator.evaluation(lossSum / done);
    }

    private Prefetcher<EvaluationBatch> batchesAhead() {
        return new Prefetcher<>(
                "ortune-training-evaluation",
                batches().stream().map(EvaluationBatch::of).iterator(),
                BATCHES_AHEAD);
    }

    private List<List<TokenizedExample>> batches() {
        List<TokenizedExample> sorted = new ArrayList<>(dataset.examples());
        sorted.sort(
                Comparator.comparingInt((TokenizedExample example) -> example.tokens().length)
                        .reversed());
        List<List<TokenizedExample>> batches = new ArrayList<>();
        List<TokenizedExample> batch = new ArrayList<>();
        int tokens = 0;
        for (TokenizedExample example : sorted) {
            if (!batch.isEmpty() && tokens + example.tokens().length > TOKEN_BUDGET) {
                batches.add(List.copyOf(batch));
                batch.clear();
                tokens = 0;
            }
            batch.add(example);
            tokens += example.tokens().length;
        }
        batches.add(List.copyOf(batch));
        return batches;
    }

    private record EvaluationBatch(
            List<TokenizedExample> examples, Map<String, HostTensor> inputs) {

        static EvaluationBatch of(List<TokenizedExample> examples) {
            return new EvaluationBatch(examples, ModelInputs.of(examples));
        }
    }
}
