package dev.ortune.dataset;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;

/** Checks the fields of a row and makes the example; the rules that all formats share. */
final class ExampleFactory {

    private final DatasetOptions options;

    ExampleFactory(DatasetOptions options) {
        this.options = options;
    }

    /**
     * @param labels as found in the row, possibly blank or repeated
     * @throws InvalidInputException {@code DATASET_INVALID_ROW} or {@code DATASET_ROW_TOO_LONG}
     */
    Example labelled(RowPosition position, String text, List<String> labels) {
        LinkedHashSet<String> names = new LinkedHashSet<>();
        for (String label : labels) {
            String name = label.strip();
            if (name.isEmpty()) {
                throw invalidRow(
                        position,
                        "the label in \"" + options.columns().label() + "\" is missing",
                        "Give the row a label, or remove it.");
            }
            names.add(name);
        }
        return new Example(checkedText(position, text), List.copyOf(names));
    }

    Example unlabelled(RowPosition position, String text) {
        return new Example(checkedText(position, text), List.of());
    }

    static InvalidInputException invalidRow(RowPosition position, String what, String remedy) {
        return new InvalidInputException(
                ErrorCode.DATASET_INVALID_ROW, position + ": " + what + ".", remedy);
    }

    private String checkedText(RowPosition position, String text) {
        if (isBlank(text)) {
            throw invalidRow(
                    position,
                    "the text in \"" + options.columns().text() + "\" is blank",
                    "Give the row a text, or remove it.");
        }
        long limit = options.maxRowBytes();
        if (text.length() > limit
                || (text.length() > limit / 3
                        && text.getBytes(StandardCharsets.UTF_8).length > limit)) {
            throw StrictUtf8Reader.tooLong(position, limit);
        }
        return text;
    }

    private static boolean isBlank(String text) {
        return text.codePoints()
                .allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
    }
}
