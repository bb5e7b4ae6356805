package dev.ortune.train;

/**
 * A run's counters between two steps.
 *
 * @param step optimizer steps so far
 * @param epoch the epoch under way, counted from 1
 * @param epochSteps optimizer steps in it
 * @param epochLossSum of their losses
 * @param epochTokens trained in them
 * @param epochNanos spent in them
 * @param tokens trained so far
 * @param nanos spent in steps so far
 */
public record RunProgress(
        int step,
        int epoch,
        int epochSteps,
        double epochLossSum,
        long epochTokens,
        long epochNanos,
        long tokens,
        long nanos) {

    /** Nothing trained yet. */
    public static RunProgress start() {
        return new RunProgress(0, 1, 0, 0, 0, 0, 0, 0);
    }

    /** One step further. */
    RunProgress stepped(double loss, long stepTokens, long stepNanos) {
        return new RunProgress(
                step + 1,
                epoch,
                epochSteps + 1,
                epochLossSum + loss,
                epochTokens + stepTokens,
                epochNanos + stepNanos,
                tokens + stepTokens,
                nanos + stepNanos);
    }

    /** At the start of the next epoch. */
    RunProgress nextEpoch() {
        return new RunProgress(step, epoch + 1, 0, 0, 0, 0, tokens, nanos);
    }
}
