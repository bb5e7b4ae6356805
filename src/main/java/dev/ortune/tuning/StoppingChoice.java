package dev.ortune.tuning;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * When a job ends early.
 *
 * @param patience epochs in a row without improvement of the validation loss, at least 1
 * @param minDelta a fall of the loss that is no more than this does not count
 */
public record StoppingChoice(int patience, @JsonProperty("min_delta") double minDelta) {

    /** What is left out of a request. */
    public static final StoppingChoice DEFAULT = new StoppingChoice(1, 0);

    public StoppingChoice {
        TuningFault.require(
                patience >= 1 && patience <= Hyperparameters.MAX_EPOCHS,
                "early_stopping.patience",
                "must be between 1 and " + Hyperparameters.MAX_EPOCHS);
        TuningFault.require(
                Double.isFinite(minDelta) && minDelta >= 0,
                "early_stopping.min_delta",
                "must be a number of at least 0");
    }
}
