package dev.ortune.dataset;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One JSON array of objects, read element by element. */
final class JsonArrayParser implements ExampleParser {

    private final ObjectReader nodes =
            JsonExamples.mapper()
                    .readerFor(JsonNode.class)
                    .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private final JsonExamples examples;

    JsonArrayParser(JsonExamples examples) {
        this.examples = examples;
    }

    @Override
    public List<NumberedExample> parse(StrictUtf8Reader reader, String file, FaultyRows faulty) {
        List<NumberedExample> result = new ArrayList<>();
        RowPosition position = new RowPosition(file, 1, 1);
        try (JsonParser parser = nodes.getFactory().createParser(reader)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return result;
            }
            if (first != JsonToken.START_ARRAY) {
                throw noArray(file);
            }
            for (long row = 1; true; row++) {
                position = new RowPosition(file, row, line(parser));
                reader.startRow(position);
                if (parser.nextToken() == JsonToken.END_ARRAY) {
                    break;
                }
                position = new RowPosition(file, row, line(parser));
                JsonNode node = nodes.readValue(parser);
                try {
                    result.add(new NumberedExample(row, examples.example(position, node)));
                } catch (InvalidInputException e) {
                    faulty.addOrThrow(row, e);
                }
            }
            if (parser.nextToken() != null) {
                throw noArray(file);
            }
            return result;
        } catch (JsonProcessingException e) {
            long faultLine =
                    e.getLocation() == null ? position.line() : e.getLocation().getLineNr();
            throw JsonExamples.malformed(new RowPosition(file, position.row(), faultLine), e);
        } catch (IOException e) {
            throw DatasetReader.unreadable(file, e);
        }
    }

    private static long line(JsonParser parser) {
        return parser.currentLocation().getLineNr();
    }

    private static InvalidInputException noArray(String file) {
        return new InvalidInputException(
                ErrorCode.DATASET_FORMAT,
                file + " is not one JSON array of objects.",
                "Write [{...}, {...}], or name a file with one object a line .jsonl.");
    }
}
