package dev.ortune.adapter;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.ortune.error.InternalException;
import dev.ortune.io.JsonFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The JSON files of an adapter folder: read strictly, written the same on every platform. */
final class JsonText {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .serializationInclusion(JsonInclude.Include.NON_ABSENT)
                    .addModule(new Jdk8Module())
                    .addModule(new JavaTimeModule())
                    .build();

    private JsonText() {}

    /**
     * Reads a file whose root is an object.
     *
     * @throws dev.ortune.error.InvalidInputException {@code ADAPTER_FORMAT}
     */
    static ObjectNode readObject(Path file) {
        JsonNode root = read(file, JsonNode.class);
        if (root instanceof ObjectNode object) {
            return object;
        }
        throw AdapterFault.inFile(
                file, "it holds no JSON object", new IllegalArgumentException("no object"));
    }

    static <T> T read(Path file, Class<T> type) {
        try {
            return MAPPER.readValue(Files.readAllBytes(file), type);
        } catch (JsonProcessingException e) {
            throw AdapterFault.inFile(file, "it is not valid: " + JsonFault.reason(e), e);
        } catch (IOException e) {
            throw AdapterFault.inFile(file, "it cannot be read (" + e + ")", e);
        }
    }

    static ObjectNode newObject() {
        return MAPPER.createObjectNode();
    }

    /** Indented by two spaces, with line feeds, as Python's {@code json.dump(indent=2)}. */
    static byte[] write(Object content) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter(
                        Separators.createDefaultInstance()
                                .withObjectFieldValueSpacing(Separators.Spacing.AFTER));
        printer.indentArraysWith(indenter);
        printer.indentObjectsWith(indenter);
        try {
            return (MAPPER.writer(printer).writeValueAsString(content) + "\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new InternalException("A JSON document could not be written.", e);
        }
    }

    /** A text as a JSON string, which is also a YAML scalar. */
    static String quoted(String text) {
        try {
            return MAPPER.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new InternalException("A text could not be quoted.", e);
        }
    }
}
