package dev.ortune.dataset;

import java.util.List;

/** Parses one file format. */
sealed interface ExampleParser permits DelimitedParser, JsonLinesParser, JsonArrayParser {

    /**
     * Parses the whole file.
     *
     * @param file its name for messages
     * @param faulty gets the rows that cannot be read
     * @throws dev.ortune.error.InvalidInputException for a fault that is not one row's alone
     */
    List<NumberedExample> parse(StrictUtf8Reader reader, String file, FaultyRows faulty);
}
