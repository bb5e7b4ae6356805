package dev.ortune.bench.race;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.util.Locale;

/** Refuses a race whose sides do not compute the same. */
final class LossCheck {

    private LossCheck() {}

    /**
     * Compares a step's losses, which without dropout tell of all steps before.
     *
     * @param step counted from 1
     * @throws InvalidInputException {@code ADAPTER_MISMATCH} when they differ by more than rounding
     */
    static void require(RaceCase raceCase, int step, Pair pair) {
        double ours = pair.ours().loss();
        double theirs = pair.theirs().loss();
        double tolerance = RaceRules.LOSS_TOLERANCE * Math.max(1, Math.abs(theirs));
        // Written so that a loss that is no number fails too.
        if (!(Math.abs(ours - theirs) <= tolerance)) {
            throw new InvalidInputException(
                    ErrorCode.ADAPTER_MISMATCH,
                    String.format(
                            Locale.ROOT,
                            "%s: at step %d Ortune's loss is %.6f and PyTorch's %.6f, so they do"
                                    + " not train the same model and the race is void.",
                            raceCase.name(),
                            step,
                            ours,
                            theirs),
                    "Check that both read this base alike; tools/oracle/README.md says how to"
                            + " compare them weight by weight.");
        }
    }
}
