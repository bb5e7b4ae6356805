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
 * <p>For the training thread alone. Its fields are {@link RunState}'s, which says what they are.
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
    private int step;
    private int epoch;
    private int epochSteps;
    private double epochLossSum;
    private long epochTokens;
    private long epochNanos;
    private long tokens;
    private long nanos;

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
        this.step = from.step();
        this.epoch = from.epoch();
        this.epochSteps = from.epochSteps();
        this.epochLossSum = from.epochLossSum();
        this.epochTokens = from.epochTokens();
        this.epochNanos = from.epochNanos();
        this.tokens = from.tokens();
        this.nanos = from.nanos();
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
        boolean betweenEpochs = epochSteps == 0 && !reports.isEmpty();
        return betweenEpochs
                && (epoch > length.epochs()
                        || step == length.totalSteps()
                        || length.earlyStopping().filter(it -> it.isDue(reports)).isPresent());
    }

    private boolean isEpochOver() {
        return epochSteps == length.stepsPerEpoch() || step == length.totalSteps();
    }

    private RunState state() {
        return new RunState(
                step,
                epoch,
                epochSteps,
                epochLossSum,
                epochTokens,
                epochNanos,
                tokens,
                nanos,
                reports,
                best.kept());
    }

    private void step() {
        long begin = System.nanoTime();
        StepInputs next = inputs.next();
        double learningRate = schedule.rate(step);
        List<Float> losses = model.update(next, learningRate);
        long taken = System.nanoTime() - begin;
        nanos += taken;
        epochNanos += taken;
        tokens += next.tokens();
        epochTokens += next.tokens();
        step++;
        epochSteps++;
        double loss = losses.stream().mapToDouble(Float::doubleValue).average().orElseThrow();
        requireFinite(loss);
        epochLossSum += loss;
        listener.stepped(
                new StepReport(
                        step,
                        length.totalSteps(),
                        epoch,
                        loss,
                        learningRate,
                        tokens,
                        Duration.ofNanos(nanos)));
    }

    private void endEpoch() {
        Optional<Evaluation> evaluation =
                evaluator.map(
                        rows ->
                                rows.run(
                                        model,
                                        step,
                                        done -> listener.evaluating(done, rows.size())));
        EpochReport report =
                new EpochReport(
                        epoch,
                        step,
                        epochLossSum / epochSteps,
                        evaluation,
                        Duration.ofNanos(epochNanos),
                        epochTokens);
        reports.add(report);
        best.offer(epoch, evaluation, this::finiteParameters);
        listener.epochEnded(report);
        epoch++;
        epochSteps = 0;
        epochLossSum = 0;
        epochTokens = 0;
        epochNanos = 0;
    }

    private void requireFinite(double loss) {
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
}
