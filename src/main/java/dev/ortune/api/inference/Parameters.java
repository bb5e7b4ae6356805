package dev.ortune.api.inference;

import dev.ortune.error.InvalidInputException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * The parameters of a request, of one of its inputs or outputs.
 *
 * <p>The protocol defines none and leaves it to the server which it takes. One that is not known is
 * refused: to ignore it would be to answer another question than the client asked.
 *
 * @param field where they stand, as in {@code outputs[0].parameters}
 */
public record Parameters(String field, Map<String, ParameterValue> values) {

    /** Where the binary data extension of Triton would begin. */
    private static final String BINARY = "binary_data";

    public Parameters {
        values = Map.copyOf(values);
    }

    /**
     * Refuses what is not known.
     *
     * @throws InvalidInputException {@code INVALID_REQUEST}
     */
    void requireOnly(String... known) {
        for (String name : new TreeSet<>(values.keySet())) {
            boolean isKnown = Arrays.asList(known).contains(name);
            if (name.startsWith(BINARY) && !isNo(name)) {
                throw FieldFault.of(
                        field + "." + name,
                        "The binary data extension is not supported; send and take JSON");
            }
            if (!isKnown && !name.startsWith(BINARY)) {
                throw FieldFault.of(
                        field + "." + Shown.shortened(name),
                        "The parameter is not known; known here: "
                                + (known.length == 0 ? "none" : String.join(", ", known)));
            }
        }
    }

    /**
     * Refuses all.
     *
     * @throws InvalidInputException {@code INVALID_REQUEST}
     */
    public void requireNone() {
        requireOnly();
    }

    /**
     * Refuses all but {@code unload_dependents}, which Triton's clients send always: nothing here
     * depends on a model, so either value is done.
     *
     * @throws InvalidInputException {@code INVALID_REQUEST}
     */
    public void requireUnloadOnly() {
        requireOnly("unload_dependents");
    }

    /** A string. */
    Optional<String> text(String name) {
        ParameterValue value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof ParameterValue.Text text) {
            return Optional.of(text.value());
        }
        throw FieldFault.of(field + "." + name, "The value must be a string");
    }

    /** A whole number of at least 1. */
    OptionalLong positive(String name) {
        ParameterValue value = values.get(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (value instanceof ParameterValue.Whole whole && whole.value() > 0) {
            return OptionalLong.of(whole.value());
        }
        throw FieldFault.of(field + "." + name, "The value must be a whole number above 0");
    }

    private boolean isNo(String name) {
        return values.get(name) instanceof ParameterValue.Flag flag && !flag.value();
    }
}
