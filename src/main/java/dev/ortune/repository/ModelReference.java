package dev.ortune.repository;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which model a request asks for: {@code sentiment}, {@code sentiment@prod} or {@code sentiment@3}.
 *
 * @param name the model's name: up to 128 letters, digits, dots, underscores and hyphens, the first
 *     a letter or digit
 * @param version a version's number or an alias; empty for the default version
 */
public record ModelReference(String name, Optional<String> version) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
    private static final char SEPARATOR = '@';
    private static final int MAX_SHOWN = 100;

    public ModelReference {
        require(NAME, name, "model name");
        version.ifPresent(value -> require(VERSION, value, "version or alias"));
    }

    /**
     * Reads a name alone.
     *
     * @throws InvalidInputException {@code INVALID_REQUEST}
     */
    public static ModelReference named(String name) {
        return new ModelReference(name, Optional.empty());
    }

    /**
     * Reads {@code name} or {@code name@version}.
     *
     * @throws InvalidInputException {@code INVALID_REQUEST}
     */
    public static ModelReference parse(String text) {
        int separator = text.indexOf(SEPARATOR);
        return separator < 0
                ? named(text)
                : new ModelReference(
                        text.substring(0, separator), Optional.of(text.substring(separator + 1)));
    }

    /**
     * As {@link #parse}, with the version that a protocol names beside the model.
     *
     * @param version empty for none; beside a name that holds a version itself, an error
     * @throws InvalidInputException {@code INVALID_REQUEST}
     */
    public static ModelReference of(String model, String version) {
        if (version.isEmpty()) {
            return parse(model);
        }
        return new ModelReference(model, Optional.of(version));
    }

    @Override
    public String toString() {
        return version.map(value -> name + SEPARATOR + value).orElse(name);
    }

    private static void require(Pattern pattern, String text, String what) {
        if (!pattern.matcher(text).matches()) {
            String shown = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
            throw new InvalidInputException(
                    ErrorCode.INVALID_REQUEST,
                    "\"" + shown + "\" is no " + what + ".",
                    "Use letters, digits, hyphens and underscores, a letter or digit first.");
        }
    }
}
