package dev.ortune.train;

import java.util.List;
import java.util.Optional;

/**
 * How far a run has come, between two steps. With the session's own state ({@link TrainingStart}) it
 * is all that the rest of the run depends on: order, schedule and dropout masks follow from the recipe
 * and the step.
 *
 * @param progress its counters
 * @param reports of the epochs that have ended
 * @param best the epoch whose parameters would be kept, once one has ended
 */
public record RunState(RunProgress progress, List<EpochReport> reports, Optional<KeptEpoch> best) {

    public RunState {
        reports = List.copyOf(reports);
    }

    /** Nothing trained yet. */
    public static RunState start() {
        return new RunState(RunProgress.start(), List.of(), Optional.empty());
    }

    /** The same with the kept parameters in the order of these names. */
    RunState withBestIn(List<String> names) {
        return new RunState(progress, reports, best.map(kept -> kept.inOrder(names)));
    }
}
