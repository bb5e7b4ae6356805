package dev.ortune.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ortune.error.InvalidInputException;
import java.io.IOException;
import java.io.LineNumberReader;
import java.util.ArrayList;
import java.util.List;

/** One JSON object a line; blank lines are skipped. */
final class JsonLinesParser implements ExampleParser {

    private final JsonMapper mapper = JsonExamples.mapper();
    private final JsonExamples examples;

    JsonLinesParser(JsonExamples examples) {
        this.examples = examples;
    }

    @Override
    public List<NumberedExample> parse(StrictUtf8Reader reader, String file, FaultyRows faulty) {
        List<NumberedExample> result = new ArrayList<>();
        long row = 1;
        try (LineNumberReader lines = new LineNumberReader(reader)) {
            while (true) {
                RowPosition position = new RowPosition(file, row, lines.getLineNumber() + 1L);
                reader.startRow(position);
                String line = lines.readLine();
                if (line == null) {
                    return result;
                }
                if (line.isBlank()) {
                    continue;
                }
                try {
                    result.add(new NumberedExample(row, example(position, line)));
                } catch (InvalidInputException e) {
                    faulty.addOrThrow(row, e);
                }
                row++;
            }
        } catch (IOException e) {
            throw DatasetReader.unreadable(file, e);
        }
    }

    private Example example(RowPosition position, String line) {
        try {
            return examples.example(position, mapper.readTree(line));
        } catch (JsonProcessingException e) {
            throw JsonExamples.malformed(position, e);
        }
    }
}
