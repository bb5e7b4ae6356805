package dev.ortune.train;

import dev.ortune.dataset.LabelSet;
import dev.ortune.evaluation.Evaluation;
import dev.ortune.evaluation.EvaluationAccumulator;
import dev.ortune.graph.ClassifierGraphs;
import dev.ortune.graph.ProblemType;
import dev.ortune.ort.Outputs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Evaluates a dataset in batches of like length under a token budget; the loss is the mean over all
 * texts, as Trainer's {@code eval_loss}.
 */
final class Evaluator {

    private static final int TOKEN_BUDGET = 4096;

    private final List<List<TokenizedExample>> batches;
    private final LabelSet labels;
    private final ProblemType problemType;

    Evaluator(TokenizedDataset dataset, LabelSet labels, ProblemType problemType) {
        this.batches = batches(dataset);
        this.labels = labels;
        this.problemType = problemType;
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
        for (List<TokenizedExample> batch : batches) {
            Outputs outputs = training.evaluate(ModelInputs.of(batch));
            float loss = outputs.scalar(ClassifierGraphs.LOSS);
            if (!Float.isFinite(loss)) {
                throw Trainer.diverged(
                        "The validation loss is " + loss + " after step " + step + ".");
            }
            lossSum += (double) loss * batch.size();
            float[] logits = outputs.floats(ClassifierGraphs.LOGITS);
            for (int row = 0; row < batch.size(); row++) {
                accumulator.add(
                        Arrays.copyOfRange(logits, row * labels.size(), (row + 1) * labels.size()),
                        batch.get(row).target());
            }
            done += batch.size();
            progress.accept(done);
        }
        return accumulator.evaluation(lossSum / done);
    }

    private static List<List<TokenizedExample>> batches(TokenizedDataset dataset) {
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
}
