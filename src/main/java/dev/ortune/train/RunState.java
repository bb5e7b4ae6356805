package dev.ortune.train;

import java.util.List;
import java.util.Optional;

/**
 * How far a run has come, between two steps. With the session's own state ({@link TrainingStart}) it
 * is all that the rest of the run depends on: order, schedule and dropout masks follow from the recipe
 * and the step.
 *
 * @param step optimizer steps so far
 * @param epoch the epoch under way, counted from 1
 * @param epochSteps optimizer steps in it
 * @param epochLossSum of their losses
 * @param epochTokens trained in them
 * @param epochNanos spent in them
 * @param tokens trained so far
 * @param nanos spent in steps so far
 * @param reports of the epochs that have ended
 * @param best the epoch whose parameters would be kept, once one has ended
 */
public record RunState(
        int step,
        int epoch,
        int epochSteps,
        double epochLossSum,
        long epochTokens,
        long epochNanos,
        long tokens,
        long nanos,
        List<EpochReport> reports,
        Optional<KeptEpoch> best) {

    public RunState {
        reports = List.copyOf(reports);
    }

    /** The same with the kept parameters in the order of these names. */
    RunState withBestIn(List<String> names) {
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
                best.map(kept -> kept.inOrder(names)));
    }

    /** Nothing trained yet. */
    public static RunState start() {
        return new RunState(0, 1, 0, 0, 0, 0, 0, 0, List.of(), Optional.empty());
    }
}
