package dev.ortune.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Training options from a JSON file: an object of option names without dashes ({@code
 * "learning_rate": 0.001}), or the {@code ortune.json} of an adapter, to train another one alike.
 */
final class RecipeFile {

    /** What an adapter tells for people only. */
    private static final Set<String> NOT_OPTIONS = Set.of("base_origin");

    /** Where an adapter's word is not the option's. */
    private static final Map<String, String> OPTION_BY_KEY = Map.of("max_tokens", "--max-length");

    /** Choices that the command line can only switch off. */
    private static final Set<String> SWITCHED_OFF = Set.of("shuffle", "dropout", "model_dropout");

    private static final Map<String, String> NO_CLIPPING = Map.of("none", "0");

    private final Map<String, String> values = new LinkedHashMap<>();

    private RecipeFile() {}

    /**
     * Reads a file for a command.
     *
     * @throws InvalidInputException {@code INVALID_OPTION} for a file that is not there, is not JSON,
     *     or names an option that the command does not have
     */
    static RecipeFile read(Path file, CommandSpec command) {
        JsonNode root = parse(file);
        JsonNode recipe = root.at("/training/recipe");
        RecipeFile options = new RecipeFile();
        for (Map.Entry<String, JsonNode> entry : (recipe.isObject() ? recipe : root).properties()) {
            options.add(entry.getKey(), text(entry.getValue()));
        }
        for (String option : options.values.keySet()) {
            if (command.findOption(option) == null) {
                throw bad(file, "there is no option " + option);
            }
        }
        return options;
    }

    /** The value of an option, if the file has one. */
    Optional<String> value(String option) {
        return Optional.ofNullable(values.get(option));
    }

    private void add(String key, String value) {
        if (NOT_OPTIONS.contains(key)) {
            return;
        }
        if (SWITCHED_OFF.contains(key)) {
            values.put("--no-" + key.replace('_', '-'), value.equals("false") ? "true" : "false");
            return;
        }
        values.put(
                OPTION_BY_KEY.getOrDefault(key, "--" + key.replace('_', '-')),
                NO_CLIPPING.getOrDefault(value, value));
    }

    private static String text(JsonNode value) {
        if (!value.isArray()) {
            return value.asText();
        }
        StringBuilder joined = new StringBuilder();
        value.forEach(
                element -> joined.append(joined.isEmpty() ? "" : ",").append(element.asText()));
        return joined.toString();
    }

    private static JsonNode parse(Path file) {
        try {
            JsonNode root = JsonMapper.builder().build().readTree(Files.readAllBytes(file));
            if (!root.isObject()) {
                throw bad(file, "it is not a JSON object");
            }
            return root;
        } catch (JsonProcessingException e) {
            throw bad(file, "it is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw bad(file, "it cannot be read");
        }
    }

    private static InvalidInputException bad(Path file, String reason) {
        return new InvalidInputException(
                ErrorCode.INVALID_OPTION,
                "The recipe " + file + " cannot be used: " + reason + ".",
                "Give a JSON object of training options, or the ortune.json of an adapter.");
    }
}
