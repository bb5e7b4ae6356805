package dev.ortune.dataset;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.graph.ProblemType;
import java.util.Objects;

/**
 * How a dataset file is read.
 *
 * @param columns the columns to read
 * @param problemType one label a row, or several
 * @param maxRowBytes the longest row that is read, in bytes of UTF-8
 */
public record DatasetOptions(DatasetColumns columns, ProblemType problemType, long maxRowBytes) {

    /** 10 MB: no text of a classifier is longer, but a file without line ends is. */
    public static final long DEFAULT_MAX_ROW_BYTES = 10_000_000;

    public DatasetOptions {
        Objects.requireNonNull(columns, "columns");
        Objects.requireNonNull(problemType, "problemType");
        if (maxRowBytes < 1 || maxRowBytes > Integer.MAX_VALUE / 4) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "The longest row must have 1 to "
                            + Integer.MAX_VALUE / 4
                            + " bytes, not "
                            + maxRowBytes
                            + ".",
                    "Leave the limit at its default of " + DEFAULT_MAX_ROW_BYTES + " bytes.");
        }
    }

    /** The default columns and limit. */
    public static DatasetOptions of(ProblemType problemType) {
        return new DatasetOptions(DatasetColumns.DEFAULT, problemType, DEFAULT_MAX_ROW_BYTES);
    }
}
