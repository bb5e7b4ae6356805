package dev.ortune.train;

import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.evaluation.Evaluation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A run from one of its points to its end: steps, evaluations, the best epoch.
 *
 * <p>For the training thread alone.
 */
final class RunLoop {

    /**
     * How long a run is.
     *
     * @param epochs at most
     * @param stepsPerEpoch optimizer steps of each
     * @param totalSteps optimizer steps at most
     * @param earlyStopping ends it before; only with validation data
     */
    record Length(
            int epochs, int stepsPerEpoch, int totalSteps, Optional<EarlyStopping> earlyStopping) {}

    private final Length length;
    private final LearningRateSchedule schedule;
    private final LoraTraining model;
    private final Prefetcher<StepInputs> inputs;
    private final Optional<Evaluator> evaluator;
    private final TrainingListener listener;
    private final RunControl control;
    private final List<EpochReport> reports;
    private final BestEpoch best;
    private RunProgress progress;

    RunLoop(
            Length length,
            LearningRateSchedule schedule,
            LoraTraining model,
            Prefetcher<StepInputs> inputs,
            Optional<Evaluator> evaluator,
            TrainingListener listener,
            RunControl control,
            RunState from) {
        this.length = length;
        this.schedule = schedule;
        this.model = model;
        this.inputs = inputs;
        this.evaluator = evaluator;
        this.listener = listener;
        this.control = control;
        this.reports = new ArrayList<>(from.reports());
        this.best = new BestEpoch(from.best());
        this.progress = from.progress();
    }

    /** Trains; empty when the control ended it. */
    Optional<TrainingResult> run() {
        listener.started(length.totalSteps());
        while (!isOver()) {
            while (!isEpochOver()) {
                step();
                // The end of an epoch is a point of its own, once it is evaluated.
                if (!control.reached(new RunPoint(state(), model, false, false))) {
                    return Optional.empty();
                }
            }
            endEpoch();
            if (!control.reached(new RunPoint(state(), model, true, isOver())) && !isOver()) {
                return Optional.empty();
            }
        }
        KeptEpoch kept = best.kept().orElseThrow();
        return Optional.of(new TrainingResult(reports, kept.epoch(), kept.parameters()));
    }

    private boolean isOver() {
        boolean betweenEpochs = progress.epochSteps() == 0 && !reports.isEmpty();
        return betweenEpochs
                && (progress.epoch() > length.epochs()
                        || progress.step() == length.totalSteps()
                        || length.earlyStopping().filter(it -> it.isDue(reports)).isPresent());
    }

    private boolean isEpochOver() {
        return progress.epochSteps() == length.stepsPerEpoch()
                || progress.step() == length.totalSteps();
    }

    private RunState state() {
        return new RunState(progress, reports, best.kept());
    }

    private void step() {
        long begin = System.nanoTime();
        StepInputs next = inputs.next();
        double learningRate = schedule.rate(progress.step());
        StepResult result = model.update(next, learningRate);
        long taken = System.nanoTime() - begin;
        double loss = result.loss();
        requireFinite(loss, progress.step() + 1);
        progress = progress.stepped(loss, next.tokens(), taken);
        listener.stepped(
                new StepReport(
                        progress.step(),
                        length.totalSteps(),
                        progress.epoch(),
                        loss,
                        result.gradientNorm(),
                        learningRate,
                        progress.tokens(),
                        Duration.ofNanos(progress.nanos())));
    }

    private void endEpoch() {
        Optional<Evaluation> evaluation =
                evaluator.map(
                        rows ->
                                rows.run(
                                        model,
                                        progress.step(),
                                        done -> listener.evaluating(done, rows.size())));
        EpochReport report =
                new EpochReport(
                        progress.epoch(),
                        progress.step(),
                        progress.epochLossSum() / progress.epochSteps(),
                        evaluation,
                        Duration.ofNanos(progress.epochNanos()),
                        progress.epochTokens());
        reports.add(report);
        best.offer(progress.epoch(), evaluation, this::finiteParameters);
        listener.epochEnded(report);
        progress = progress.nextEpoch();
    }

    private static void requireFinite(double loss, int step) {
        if (!Double.isFinite(loss)) {
            throw diverged("The training loss became " + loss + " at step " + step + ".");
        }
    }

    /** The last step of a run has no loss after it that would tell. */
    private List<FloatTensor> finiteParameters() {
        List<FloatTensor> parameters = model.parameters();
        for (FloatTensor parameter : parameters) {
            for (float value : parameter.values()) {
                if (!Float.isFinite(value)) {
                    throw diverged(
                            parameter.name()
                                    + " became "
                                    + value
                                    + " by step "
                                    + progress.step()
                                    + ".");
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
}
