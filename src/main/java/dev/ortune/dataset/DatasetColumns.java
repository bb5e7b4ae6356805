package dev.ortune.dataset;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;

/**
 * The names of the columns (CSV, TSV) or fields (JSON) that are read; all others are ignored.
 *
 * @param text holds the text to classify
 * @param label holds the label, or the labels of a multi-label row
 */
public record DatasetColumns(String text, String label) {

    /** {@code text} and {@code label}. */
    public static final DatasetColumns DEFAULT = new DatasetColumns("text", "label");

    public DatasetColumns {
        if (text.isBlank() || label.isBlank()) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "The name of the text or label column is blank.",
                    "Name the two columns, or leave both out for \"text\" and \"label\".");
        }
        if (text.equals(label)) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "The text column and the label column are the same: \"" + text + "\".",
                    "Name two different columns.");
        }
    }
}
