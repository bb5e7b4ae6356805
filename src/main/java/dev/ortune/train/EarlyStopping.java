package dev.ortune.train;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.util.List;

/**
 * Ends a run whose validation loss no longer falls; the meanings are those of Keras' {@code
 * EarlyStopping} on {@code val_loss}. Which epoch is kept is another matter ({@link TrainingResult}).
 *
 * @param patienceEpochs epochs in a row without improvement after which the run ends, at least 1
 * @param minDelta a loss must fall by more than this to count as an improvement, at least 0
 */
public record EarlyStopping(int patienceEpochs, double minDelta) {

    public EarlyStopping {
        require(
                patienceEpochs >= 1,
                "--early-stopping-patience must be at least 1, not " + patienceEpochs);
        require(
                Double.isFinite(minDelta) && minDelta >= 0,
                "--early-stopping-min-delta must be a number of at least 0, not " + minDelta);
    }

    /** Whether a run with these epochs behind it ends. */
    boolean isDue(List<EpochReport> epochs) {
        double best = Double.POSITIVE_INFINITY;
        int without = 0;
        for (EpochReport epoch : epochs) {
            double loss = epoch.evaluation().orElseThrow().loss();
            if (loss < best - minDelta) {
                best = loss;
                without = 0;
            } else {
                without++;
            }
        }
        return without >= patienceEpochs;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    message + ".",
                    "Choose another value; ./ortune train --help shows the defaults.");
        }
    }
}
