package dev.ortune.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The options of a BERT tokenizer, from {@code tokenizer_config.json} with the defaults of
 * transformers' {@code BertTokenizer}.
 */
final class BertTokenizerConfig {

    private final Path file;
    private final JsonNode config;

    /**
     * From the parsed file.
     *
     * @param file named in errors
     * @param config its content; an empty object where there is no such file
     */
    BertTokenizerConfig(Path file, JsonNode config) {
        this.file = file;
        this.config = config;
    }

    boolean lowerCase() {
        return flag(config, "do_lower_case", true);
    }

    boolean handleChineseCharacters() {
        return flag(config, "tokenize_chinese_chars", true);
    }

    /** Empty means: as {@link #lowerCase()}. */
    Optional<Boolean> stripAccents() {
        return config.path("strip_accents").isNull() || config.path("strip_accents").isMissingNode()
                ? Optional.empty()
                : Optional.of(flag(config, "strip_accents", false));
    }

    /**
     * A special token of the model.
     *
     * @param role the field that names it, e.g. {@code cls_token}
     * @param byDefault its text when the field is absent
     */
    AddedToken specialToken(String role, String byDefault) {
        JsonNode stated = config.path(role);
        if (stated.isMissingNode() || stated.isNull()) {
            return AddedToken.special(byDefault);
        }
        if (stated.isTextual()) {
            return AddedToken.special(stated.textValue());
        }
        return addedToken(stated, role, true);
    }

    /** {@code added_tokens_decoder}: further tokens by id. */
    SortedMap<Integer, AddedToken> addedTokens() {
        SortedMap<Integer, AddedToken> tokens = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : config.path("added_tokens_decoder").properties()) {
            String where = "added_tokens_decoder." + entry.getKey();
            tokens.put(id(entry.getKey(), where), addedToken(entry.getValue(), where, false));
        }
        return tokens;
    }

    private AddedToken addedToken(JsonNode token, String where, boolean special) {
        if (!token.path("content").isTextual()) {
            throw fault(where, "is no token");
        }
        return new AddedToken(
                token.path("content").textValue(),
                flag(token, "single_word", false),
                flag(token, "lstrip", false),
                flag(token, "rstrip", false),
                flag(token, "normalized", !special),
                flag(token, "special", special));
    }

    private int id(String text, String where) {
        try {
            return Integer.parseUnsignedInt(text);
        } catch (NumberFormatException e) {
            throw new InvalidInputException(
                    ErrorCode.TOKENIZER_FORMAT,
                    file + ": " + where + " has no number for its id.",
                    "Correct the file, or provide a tokenizer.json.",
                    e);
        }
    }

    private boolean flag(JsonNode parent, String name, boolean absent) {
        JsonNode value = parent.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return absent;
        }
        if (!value.isBoolean()) {
            throw fault(name, "is neither true nor false");
        }
        return value.booleanValue();
    }

    private InvalidInputException fault(String field, String reason) {
        return new InvalidInputException(
                ErrorCode.TOKENIZER_FORMAT,
                file + ": " + field + " " + reason + ".",
                "Correct the field, or provide a tokenizer.json.");
    }
}
