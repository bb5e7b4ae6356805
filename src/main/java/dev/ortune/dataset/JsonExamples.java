package dev.ortune.dataset;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.io.JsonFault;
import java.util.ArrayList;
import java.util.List;

/** Turns the JSON object of a row into an example; shared by JSON Lines and JSON arrays. */
final class JsonExamples {

    /** Hugging Face's usual name for the field of a multi-label row. */
    private static final String PLURAL = "labels";

    private final LabelReading labelReading;
    private final DatasetColumns columns;
    private final ExampleFactory examples;

    JsonExamples(LabelReading labelReading, DatasetColumns columns, ExampleFactory examples) {
        this.labelReading = labelReading;
        this.columns = columns;
        this.examples = examples;
    }

    /** A mapper without Jackson's own limit on strings: the limit on rows is the reader's. */
    static JsonMapper mapper() {
        JsonFactory factory =
                JsonFactory.builder()
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxStringLength(Integer.MAX_VALUE)
                                        .build())
                        .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    Example example(RowPosition position, JsonNode row) {
        if (!row.isObject()) {
            throw ExampleFactory.invalidRow(
                    position,
                    "expected a JSON object, found " + kind(row),
                    "Write each row as {\"text\": ..., \"label\": ...}.");
        }
        JsonNode text = field(position, row, columns.text());
        if (!text.isTextual()) {
            throw ExampleFactory.invalidRow(
                    position,
                    "\"" + columns.text() + "\" is " + kind(text) + ", not a string",
                    "Write the text as a JSON string.");
        }
        if (labelReading == LabelReading.NONE) {
            return examples.unlabelled(position, text.textValue());
        }
        return examples.labelled(position, text.textValue(), labels(position, row));
    }

    /** A syntax error in the row at this place. */
    static InvalidInputException malformed(RowPosition position, JsonProcessingException cause) {
        return new InvalidInputException(
                ErrorCode.DATASET_FORMAT,
                position + " is not valid JSON: " + JsonFault.reason(cause) + ".",
                "Write JSON strings with double quotes, and one row as one complete object.",
                cause);
    }

    private List<String> labels(RowPosition position, JsonNode row) {
        if (labelReading == LabelReading.ONE) {
            JsonNode value = field(position, row, columns.label());
            return List.of(name(position, value));
        }
        boolean plural = !row.has(columns.label()) && row.has(PLURAL);
        JsonNode value = field(position, row, plural ? PLURAL : columns.label());
        if (!value.isArray()) {
            return List.of(name(position, value));
        }
        List<String> names = new ArrayList<>(value.size());
        for (JsonNode element : value) {
            names.add(name(position, element));
        }
        return names;
    }

    private JsonNode field(RowPosition position, JsonNode row, String name) {
        JsonNode value = row.get(name);
        if (value != null) {
            return value;
        }
        if (position.row() == 1) {
            List<String> found = new ArrayList<>();
            row.fieldNames().forEachRemaining(found::add);
            throw DatasetReader.missingColumn(position.file(), name, found);
        }
        throw ExampleFactory.invalidRow(
                position,
                "the field \"" + name + "\" is missing",
                "Give every row the same fields, or remove the row.");
    }

    private String name(RowPosition position, JsonNode value) {
        if (value.isTextual() || value.isNumber()) {
            return value.asText();
        }
        throw ExampleFactory.invalidRow(
                position,
                "the label in \"" + columns.label() + "\" is " + kind(value),
                labelReading == LabelReading.ONE
                        ? "Write one name or number, or choose the multi-label problem type."
                        : "Write an array of names or numbers.");
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case NULL, MISSING -> "null";
            case BOOLEAN -> "a boolean";
            case NUMBER -> "a number";
            case STRING -> "a string";
            case BINARY, POJO -> "no JSON value";
        };
    }
}
