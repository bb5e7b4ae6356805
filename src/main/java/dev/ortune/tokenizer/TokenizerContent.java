package dev.ortune.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ortune.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a {@code tokenizer.json} says, without making a tokenizer of it. */
public final class TokenizerContent {

    private final JsonNode json;

    private TokenizerContent(JsonNode json) {
        this.json = json;
    }

    /**
     * Reads a file.
     *
     * @throws InvalidInputException {@code TOKENIZER_FORMAT} when it cannot be read or is no
     *     tokenizer
     */
    public static TokenizerContent read(Path file) {
        try {
            ObjectNode json = TokenizerFile.read(Files.readAllBytes(file), file.toString());
            json.remove("truncation");
            json.remove("padding");
            return new TokenizerContent(json);
        } catch (IOException e) {
            throw TokenizerFile.malformed(file.toString(), "it cannot be read", e);
        }
    }

    /** Whether both give the same ids, whatever the files' layout, truncation and padding. */
    public boolean encodesAs(TokenizerContent other) {
        return json.equals(other.json);
    }

    /**
     * The largest id that it can give, in its vocabulary, among its added tokens, or beside a text;
     * -1 for none.
     */
    public long largestId() {
        JsonNode vocabulary = json.path("model").path("vocab");
        // A unigram's vocabulary is a list of pieces, whose places are their ids.
        long largest = vocabulary.isArray() ? vocabulary.size() - 1L : largestNumber(vocabulary);
        for (JsonNode token : json.path("added_tokens")) {
            largest = Math.max(largest, largestNumber(token.path("id")));
        }
        return Math.max(largest, largestNumber(json.path("post_processor")));
    }

    private static long largestNumber(JsonNode node) {
        if (node.isNumber()) {
            return node.canConvertToLong() ? node.asLong() : Long.MAX_VALUE;
        }
        long largest = -1;
        for (JsonNode child : node) {
            largest = Math.max(largest, largestNumber(child));
        }
        return largest;
    }
}
