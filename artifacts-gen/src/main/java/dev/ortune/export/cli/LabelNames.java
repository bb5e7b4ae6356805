package dev.ortune.export.cli;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Reads {@code --labels}: a count, or names. */
final class LabelNames {

    // A guard against allocating names for a typo; the options refuse far fewer with a clear word.
    private static final int MAX_COUNT_DIGITS = 6;

    private LabelNames() {}

    /**
     * The names in {@code a,b,c}, or {@code LABEL_0, LABEL_1, ...} for a count, as Transformers names
     * labels that have no name.
     *
     * @throws InvalidInputException {@code INVALID_OPTION} for a name that is empty
     */
    static List<String> parse(String text) {
        String stripped = text.strip();
        if (stripped.matches("\\d{1," + MAX_COUNT_DIGITS + "}")) {
            return IntStream.range(0, Integer.parseInt(stripped))
                    .mapToObj(index -> "LABEL_" + index)
                    .toList();
        }
        List<String> names = Arrays.stream(stripped.split(",", -1)).map(String::strip).toList();
        if (names.contains("")) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "--labels \"" + text + "\" holds an empty name.",
                    "Give a label count, or names separated by commas.");
        }
        return names;
    }
}
