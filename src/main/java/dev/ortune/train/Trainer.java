package dev.ortune.train;

import dev.ortune.dataset.TrainingData;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.error.UnavailableException;
import dev.ortune.tokenizer.TextTokenizer;
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
     * @throws InvalidInputException {@code INVALID_OPTION} for early stopping without validation data
     */
    public Trainer(
            TrainingRecipe recipe,
            TrainingData data,
            TextTokenizer tokenizer,
            BatchSplitter splitter,
            TrainingListener listener) {
        requireValidation(recipe, data);
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
        this.evaluator =
                data.validation()
                        .map(background::tokenize)
                        .map(
                                rows ->
                                        new Evaluator(
                                                rows,
                                                data.labels(),
                                                data.training().problemType()));
    }

    private static void requireValidation(TrainingRecipe recipe, TrainingData data) {
        if (recipe.earlyStopping().isPresent() && data.validation().isEmpty()) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "Early stopping needs validation rows, and there are none.",
                    "Give --validation, or leave --early-stopping-patience out.");
        }
    }

    /** Optimizer steps of the whole run, unless it is stopped early. */
    public int totalSteps() {
        return totalSteps;
    }

    /**
     * Trains from the start to the end.
     *
     * @throws InvalidInputException {@code LOSS_NOT_FINITE} with the step, when a loss or a parameter
     *     turns NaN or infinite; {@code INVALID_OPTION} when the recipe's length has no room for a
     *     text
     * @throws UnavailableException {@code RUNTIME_UNAVAILABLE} when the thread is interrupted while it
     *     waits for inputs
     */
    public TrainingResult run(LoraTraining model) {
        return run(model, RunState.start(), RunControl.TO_THE_END).orElseThrow();
    }

    /**
     * Trains on from where a run was left, with the same numbers as if it had never been.
     *
     * @param model opened from what was saved at the same point
     * @return empty when the control ended the run before its end
     * @throws InvalidInputException as {@link #run(LoraTraining)}
     */
    public Optional<TrainingResult> run(LoraTraining model, RunState from, RunControl control) {
        try (Prefetcher<StepInputs> steps =
                new Prefetcher<>(
                        "ortune-training-batches",
                        new StepAssembly(training, order, recipe, splitter, from.progress()),
                        STEPS_AHEAD)) {
            return new RunLoop(
                            new RunLoop.Length(
                                    recipe.epochs(),
                                    stepsPerEpoch,
                                    totalSteps,
                                    recipe.earlyStopping()),
                            schedule,
                            model,
                            steps,
                            evaluator,
                            listener,
                            control,
                            from)
                    .run();
        }
    }

    /** Ends the background threads; the tokenizer may be closed after that. */
    @Override
    public void close() {
        background.close();
    }
}
