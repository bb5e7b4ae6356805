package dev.ortune.train;

import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.dataset.TrainingData;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.error.UnavailableException;
import dev.ortune.evaluation.Evaluation;
import dev.ortune.tokenizer.TextTokenizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The training loop: epochs of shuffled batches, an evaluation after each, the best epoch kept.
 *
 * <p>Owned by one thread, which makes it, drives ONNX Runtime, hears the listener and closes it;
 * ONNX Runtime's pool computes. Beside it work the threads of {@link BackgroundTokenizer}, from the
 * constructor until all texts are tokens, and those of {@link Prefetcher}, which lay out the inputs of
 * coming steps and evaluations. They share nothing but finished values, and their failures are thrown
 * on the owning thread. The same data, recipe, seed and thread count give the same numbers, however
 * the threads take turns.
 */
public final class Trainer implements AutoCloseable {

    /** Steps whose inputs are ready or in the making: one would do, were all steps equally long. */
    static final int STEPS_AHEAD = 2;

    private final TrainingRecipe recipe;
    private final BackgroundTokenizer background;
    private final TokenizedDataset training;
    private final Optional<TokenizedDataset> validation;
    private final Optional<Evaluator> evaluator;
    private final EpochOrder order;
    private final int stepsPerEpoch;
    private final int totalSteps;
    private final LearningRateSchedule schedule;
    private final BatchSplitter splitter;
    private final TrainingListener listener;

    /**
     * A run over data. Starts to tokenize it: the texts of the first epoch in the epoch's order, then
     * the validation's.
     *
     * @param tokenizer must stay open until the trainer is closed
     */
    public Trainer(
            TrainingRecipe recipe,
            TrainingData data,
            TextTokenizer tokenizer,
            BatchSplitter splitter,
            TrainingListener listener) {
        this.recipe = recipe;
        this.splitter = splitter;
        this.listener = listener;
        this.order = new EpochOrder(data.training().examples().size(), recipe);
        this.stepsPerEpoch = order.stepCount();
        this.totalSteps =
                (int)
                        Math.min(
                                (long) stepsPerEpoch * recipe.epochs(),
                                recipe.maxSteps().orElse(Integer.MAX_VALUE));
        this.schedule = LearningRateSchedule.of(recipe, totalSteps);
        this.background = BackgroundTokenizer.start(tokenizer, recipe);
        this.training = background.tokenize(data.training(), order.permutation(1));
        this.validation = data.validation().map(background::tokenize);
        this.evaluator =
                validation.map(
                        rows -> new Evaluator(rows, data.labels(), data.training().problemType()));
    }

    /** Optimizer steps of the whole run. */
    public int totalSteps() {
        return totalSteps;
    }

    /**
     * Trains.
     *
     * @throws InvalidInputException {@code LOSS_NOT_FINITE} with the step, when a loss or a parameter
     *     turns NaN or infinite; {@code INVALID_OPTION} when the recipe's length has no room for a
     *     text
     * @throws UnavailableException {@code RUNTIME_UNAVAILABLE} when the thread is interrupted while it
     *     waits for inputs
     */
    public TrainingResult run(LoraTraining model) {
        try (Prefetcher<StepInputs> steps =
                new Prefetcher<>(
                        "ortune-training-batches",
                        new StepAssembly(training, order, recipe, splitter),
                        STEPS_AHEAD)) {
            return run(model, steps);
        }
    }

    /** Ends the background threads; the tokenizer may be closed after that. */
    @Override
    public void close() {
        background.close();
    }

    private TrainingResult run(LoraTraining model, Prefetcher<StepInputs> inputs) {
        listener.started(totalSteps);
        Progress progress = new Progress();
        BestEpoch best = new BestEpoch();
        List<EpochReport> reports = new ArrayList<>();
        for (int epoch = 1; epoch <= recipe.epochs() && progress.step < totalSteps; epoch++) {
            EpochReport report = epoch(epoch, model, inputs, progress);
            reports.add(report);
            int step = progress.step;
            best.offer(epoch, report.evaluation(), () -> finiteParameters(model, step));
            listener.epochEnded(report);
        }
        return new TrainingResult(reports, best.epoch(), best.parameters());
    }

    private EpochReport epoch(
            int epoch, LoraTraining model, Prefetcher<StepInputs> inputs, Progress progress) {
        long tokensBefore = progress.tokens;
        long nanosBefore = progress.nanos;
        double lossSum = 0;
        int steps = Math.min(stepsPerEpoch, totalSteps - progress.step);
        for (int i = 0; i < steps; i++) {
            lossSum += step(epoch, inputs, model, progress);
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
            int epoch, Prefetcher<StepInputs> inputs, LoraTraining model, Progress progress) {
        long begin = System.nanoTime();
        StepInputs next = inputs.next();
        double learningRate = schedule.rate(progress.step);
        List<Float> losses = model.update(next, learningRate);
        progress.nanos += System.nanoTime() - begin;
        progress.tokens += next.tokens();
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

    /** Counters of a run. */
    private static final class Progress {
        private int step;
        private long tokens;
        private long nanos;
    }
}
