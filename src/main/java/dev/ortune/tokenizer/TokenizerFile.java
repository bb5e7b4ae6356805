package dev.ortune.tokenizer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.io.IOException;

/** Prepares the content of a {@code tokenizer.json} for the native library. */
final class TokenizerFile {

    private static final String MODEL = "model";

    private TokenizerFile() {}

    /**
     * The same tokenizer without stored truncation and padding: those of a published file are left
     * over from its making, and the length is the run's own choice.
     *
     * @throws InvalidInputException {@code TOKENIZER_FORMAT} when it is no tokenizer.json
     */
    static byte[] withoutTruncationAndPadding(byte[] content, String name) {
        ObjectNode tokenizer = read(content, name);
        tokenizer.putNull("truncation");
        tokenizer.putNull("padding");
        try {
            return mapper().writeValueAsBytes(tokenizer);
        } catch (IOException e) {
            throw malformed(name, "it is not valid JSON", e);
        }
    }

    /**
     * The parsed content.
     *
     * @throws InvalidInputException {@code TOKENIZER_FORMAT} when it is no tokenizer.json
     */
    static ObjectNode read(byte[] content, String name) {
        try {
            JsonNode root = mapper().readTree(content);
            if (root instanceof ObjectNode tokenizer && tokenizer.path(MODEL).isObject()) {
                return tokenizer;
            }
        } catch (IOException e) {
            throw malformed(name, "it is not valid JSON", e);
        }
        throw malformed(name, "it has no \"model\" object", null);
    }

    static InvalidInputException malformed(String name, String why, Exception cause) {
        return new InvalidInputException(
                ErrorCode.TOKENIZER_FORMAT,
                name + " is not a tokenizer: " + why + ".",
                "Give the tokenizer.json that belongs to the base model.",
                cause);
    }

    private static JsonMapper mapper() {
        // A unigram model of 250,000 pieces is 17 MB; the names and strings in it are short.
        return JsonMapper.builder(
                        JsonFactory.builder()
                                .streamReadConstraints(
                                        StreamReadConstraints.builder()
                                                .maxStringLength(Integer.MAX_VALUE)
                                                .build())
                                .build())
                .build();
    }
}
