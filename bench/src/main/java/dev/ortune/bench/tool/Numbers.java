package dev.ortune.bench.tool;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;

/** Numbers from the command line. */
public final class Numbers {

    private Numbers() {}

    /**
     * The value, if it is not too small for its option.
     *
     * @throws InvalidInputException {@code INVALID_OPTION}
     */
    public static int atLeast(String option, int least, int value) {
        if (value < least) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    option + " must be at least " + least + ", not " + value + ".",
                    "Choose another value.");
        }
        return value;
    }
}
