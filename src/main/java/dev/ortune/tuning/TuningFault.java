package dev.ortune.tuning;

import dev.ortune.error.InvalidInputException;

/** What can be wrong with a field of a job's request. */
final class TuningFault {

    private TuningFault() {}

    static void require(boolean condition, String field, String message) {
        if (!condition) {
            throw InvalidInputException.ofField(field, message);
        }
    }
}
