package dev.ortune.dataset;

import java.util.List;

/** Parses one file format. */
sealed interface ExampleParser permits DelimitedParser, JsonLinesParser, JsonArrayParser {

    /**
     * Parses the whole file.
     *
     * @param file its name for messages
     * @throws dev.ortune.error.InvalidInputException with the row and line of the first fault
     */
    List<Example> parse(StrictUtf8Reader reader, String file);
}
