package dev.ortune.train;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;

/**
 * When a run is saved, beside the ends of its epochs, and what is kept.
 *
 * @param everySteps optimizer steps between checkpoints, at least 1
 * @param keepLast so many of the newest, at least 1; that of the best epoch is kept beside them
 */
public record CheckpointPolicy(int everySteps, int keepLast) {

    public CheckpointPolicy {
        require(everySteps, "--checkpoint-steps");
        require(keepLast, "--keep-checkpoints");
    }

    private static void require(int value, String option) {
        if (value < 1) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    option + " must be at least 1, not " + value + ".",
                    "Choose another value, or leave it out.");
        }
    }
}
