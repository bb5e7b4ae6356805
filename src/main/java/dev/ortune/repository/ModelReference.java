package dev.ortune.repository;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which model a request asks for: {@code sentiment}, {@code sentiment@prod} or {@code sentiment@3}.
 *
 * @param model the model's name, as the asking tenant means it
 * @param version a version's number or an alias; empty for the default version
 */
public record ModelReference(ModelName model, Optional<String> version) {

    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
    private static final char SEPARATOR = '@';
    private static final int MAX_SHOWN = 100;

    public ModelReference {
        version.ifPresent(value -> require(VERSION, value, "version or alias"));
    }

    /**
     * Reads {@code name} or {@code name@version}.
     *
     * @param tenant who asks
     * @throws InvalidInputException {@code INVALID_REQUEST}
     */
    public static ModelReference parse(String tenant, String text) {
        int separator = text.indexOf(SEPARATOR);
        return separator < 0
                ? new ModelReference(new ModelName(tenant, text), Optional.empty())
                : new ModelReference(
                        new ModelName(tenant, text.substring(0, separator)),
                        Optional.of(text.substring(separator + 1)));
    }

    /**
     * As {@link #parse}, with the version that a protocol names beside the model.
     *
     * @param tenant who asks
     * @param version empty for none; beside a name that holds a version itself, an error
     * @throws InvalidInputException {@code INVALID_REQUEST}
     */
    public static ModelReference of(String tenant, String model, String version) {
        if (version.isEmpty()) {
            return parse(tenant, model);
        }
        return new ModelReference(new ModelName(tenant, model), Optional.of(version));
    }

    /** The model's name, as its tenant says it. */
    public String name() {
        return model.name();
    }

    @Override
    public String toString() {
        return version.map(value -> name() + SEPARATOR + value).orElseGet(this::name);
    }

    static void require(Pattern pattern, String text, String what) {
        if (!pattern.matcher(text).matches()) {
            String shown = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
            throw new InvalidInputException(
                    ErrorCode.INVALID_REQUEST,
                    "\"" + shown + "\" is no " + what + ".",
                    "Use letters, digits, hyphens and underscores, a letter or digit first.");
        }
    }
}
