package dev.ortune.dataset;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;

/** What becomes of rows that cannot be read; told in their order, on the reading thread. */
@FunctionalInterface
interface FaultyRows {

    /** The first one ends the reading. */
    FaultyRows REFUSED =
            (row, fault) -> {
                throw fault;
            };

    /**
     * A row cannot be read; the next ones can, unless this throws.
     *
     * @param row counted from 1
     */
    void add(long row, InvalidInputException fault);

    /** The same, where the fault is the row's and not the file's. */
    default void addOrThrow(long row, InvalidInputException fault) {
        if (fault.code() == ErrorCode.DATASET_MISSING_COLUMN) {
            throw fault;
        }
        add(row, fault);
    }
}
