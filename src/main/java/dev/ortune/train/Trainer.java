package dev.ortune.train;

import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.dataset.TrainingData;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.evaluation.Evaluation;
import dev.ortune.ort.HostTensor;
import dev.ortune.tokenizer.TextTokenizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The training loop: epochs of shuffled batches, an evaluation after each, the best epoch kept.
 *
 * <p>Runs on the calling thread; ONNX Runtime's pool computes. The same data, recipe, seed and
 * thread count give the same numbers.
 */
public final class Trainer {

    private final TrainingRecipe recipe;
    private final TokenizedDataset training;
    private final Optional<TokenizedDataset> validation;
    private final Optional<Evaluator> evaluator;
    private final EpochOrder order;
    private final int totalSteps;
    private final LearningRateSchedule schedule;
    private final TrainingListener listener;

    /** A run over data; texts are tokenized here. */
    public Trainer(
            TrainingRecipe recipe,
            TrainingData data,
            TextTokenizer tokenizer,
            TrainingListener listener) {
        this.recipe = recipe;
        this.listener = listener;
        this.training = TokenizedDataset.of(data.training(), tokenizer, recipe);
        this.validation =
                data.validation().map(rows -> TokenizedDataset.of(rows, tokenizer, recipe));
        this.evaluator =
                validation.map(
                        rows -> new Evaluator(rows, data.labels(), data.training().problemType()));
        this.order = new EpochOrder(training.size(), recipe);
        long stepsPerEpoch =
                ceilDivide(
                        ceilDivide(training.size(), recipe.batchSize()),
                        recipe.gradientAccumulation());
        long allSteps = stepsPerEpoch * recipe.epochs();
        this.totalSteps = (int) Math.min(allSteps, recipe.maxSteps().orElse(Integer.MAX_VALUE));
        this.schedule = LearningRateSchedule.of(recipe, totalSteps);
    }

    /** Optimizer steps of the whole run. */
    public int totalSteps() {
        return totalSteps;
    }

    /**
     * Trains.
     *
     * @throws InvalidInputException {@code LOSS_NOT_FINITE} with the step, when a loss or a parameter
     *     turns NaN or infinite
     */
    public TrainingResult run(LoraTraining model) {
        listener.started(totalSteps);
        Progress progress = new Progress();
        BestEpoch best = new BestEpoch();
        List<EpochReport> reports = new ArrayList<>();
        for (int epoch = 1; epoch <= recipe.epochs() && progress.step < totalSteps; epoch++) {
            EpochReport report = epoch(epoch, model, progress);
            reports.add(report);
            int step = progress.step;
            best.offer(epoch, report.evaluation(), () -> finiteParameters(model, step));
            listener.epochEnded(report);
        }
        return new TrainingResult(reports, best.epoch(), best.parameters());
    }

    private EpochReport epoch(int epoch, LoraTraining model, Progress progress) {
        List<List<Integer>> batches = order.batches(epoch);
        long tokensBefore = progress.tokens;
        long nanosBefore = progress.nanos;
        double lossSum = 0;
        int steps = 0;
        int start = 0;
        while (start < batches.size() && progress.step < totalSteps) {
            int count = Math.min(batches.size() - start, recipe.gradientAccumulation());
            lossSum += step(epoch, batches.subList(start, start + count), model, progress);
            start += count;
            steps++;
        }
        Optional<Evaluation> evaluation =
                evaluator.map(
                        rows ->
                                rows.run(
                                        model,
                                        progress.step,
                                        done ->
                                                listener.evaluating(
                                                        done, validation.orElseThrow().size())));
        return new EpochReport(
                epoch,
                progress.step,
                lossSum / steps,
                evaluation,
                Duration.ofNanos(progress.nanos - nanosBefore),
                progress.tokens - tokensBefore);
    }

    private double step(
            int epoch, List<List<Integer>> batches, LoraTraining model, Progress progress) {
        long begin = System.nanoTime();
        List<Map<String, HostTensor>> inputs = new ArrayList<>(batches.size());
        for (List<Integer> batch : batches) {
            List<TokenizedExample> examples =
                    batch.stream().map(index -> training.examples().get(index)).toList();
            examples.forEach(example -> progress.tokens += example.tokens().length);
            inputs.add(ModelInputs.of(examples));
        }
        double learningRate = schedule.rate(progress.step);
        List<Float> losses = model.update(inputs, learningRate);
        progress.nanos += System.nanoTime() - begin;
        progress.step++;
        double loss = losses.stream().mapToDouble(Float::doubleValue).average().orElseThrow();
        requireFinite(loss, progress.step);
        listener.stepped(
                new StepReport(
                        progress.step,
                        totalSteps,
                        epoch,
                        loss,
                        learningRate,
                        progress.tokens,
                        Duration.ofNanos(progress.nanos)));
        return loss;
    }

    private static void requireFinite(double loss, int step) {
        if (!Double.isFinite(loss)) {
            throw diverged("The training loss became " + loss + " at step " + step + ".");
        }
    }

    /** The last step of a run has no loss after it that would tell. */
    private static List<FloatTensor> finiteParameters(LoraTraining model, int step) {
        List<FloatTensor> parameters = model.parameters();
        for (FloatTensor parameter : parameters) {
            for (float value : parameter.values()) {
                if (!Float.isFinite(value)) {
                    throw diverged(
                            parameter.name() + " became " + value + " by step " + step + ".");
                }
            }
        }
        return parameters;
    }

    static InvalidInputException diverged(String message) {
        return new InvalidInputException(
                ErrorCode.LOSS_NOT_FINITE,
                message,
                "Lower --learning-rate, add --warmup-ratio 0.1 or set --clip-norm 1.0.");
    }

    private static long ceilDivide(long dividend, long divisor) {
        return (dividend + divisor - 1) / divisor;
    }

    /** Counters of a run. */
    private static final class Progress {
        private int step;
        private long tokens;
        private long nanos;
    }
}
