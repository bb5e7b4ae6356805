package dev.ortune.graph;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;

/** Reads a {@code config.json} with errors that name the key. */
public final class ConfigReader {

    private final JsonNode json;

    /** Reads from a parsed document. */
    public ConfigReader(JsonNode json) {
        this.json = json;
    }

    /** A whole number of at least 1. */
    public int positive(String key) {
        JsonNode value = json.path(key);
        if (!value.isInt() || value.intValue() < 1) {
            throw bad(key, "a positive whole number", value);
        }
        return value.intValue();
    }

    /** A whole number of at least 0, or the default where the key is absent. */
    public int count(String key, int defaultValue) {
        JsonNode value = json.path(key);
        if (value.isMissingNode()) {
            return defaultValue;
        }
        if (!value.isInt() || value.intValue() < 0) {
            throw bad(key, "a whole number", value);
        }
        return value.intValue();
    }

    /** A finite number of at least 0, or the default where the key is absent or null. */
    public double number(String key, double defaultValue) {
        JsonNode value = json.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return defaultValue;
        }
        if (!value.isNumber() || !Double.isFinite(value.doubleValue()) || value.doubleValue() < 0) {
            throw bad(key, "a number of at least 0", value);
        }
        return value.doubleValue();
    }

    /** A dropout rate in [0, 1), or the default where the key is absent or null. */
    public double rate(String key, double defaultValue) {
        double value = number(key, defaultValue);
        if (value >= 1) {
            throw bad(key, "a rate below 1", json.path(key));
        }
        return value;
    }

    /** A text, or the default where the key is absent. */
    public String text(String key, String defaultValue) {
        JsonNode value = json.path(key);
        if (value.isMissingNode()) {
            return defaultValue;
        }
        if (!value.isTextual()) {
            throw bad(key, "a text", value);
        }
        return value.textValue();
    }

    /** Refuses a setting that changes the arithmetic in a way that the graphs do not have. */
    public void requireText(String key, String onlyValue) {
        String value = text(key, onlyValue);
        if (!value.equals(onlyValue)) {
            throw bad(key, "\"" + onlyValue + "\", the only one supported", json.path(key));
        }
    }

    private static InvalidInputException bad(String key, String expected, JsonNode found) {
        return new InvalidInputException(
                ErrorCode.BASE_CONFIG,
                "config.json: \""
                        + key
                        + "\" should be "
                        + expected
                        + (found.isMissingNode() ? " but is missing." : " but is " + found + "."),
                "Check that config.json belongs to this checkpoint.");
    }
}
