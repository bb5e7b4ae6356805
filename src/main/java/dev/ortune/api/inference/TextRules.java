package dev.ortune.api.inference;

import dev.ortune.serve.ServeConfiguration;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** The limits of a request's texts, the same for every protocol. Thread-safe. */
@Singleton
public final class TextRules {

    private final ServeConfiguration configuration;

    public TextRules(ServeConfiguration configuration) {
        this.configuration = configuration;
    }

    /** The most texts of one request. */
    public int maxTexts() {
        return configuration.maxTextsPerRequest();
    }

    /** The first fault of a list of texts, its elements named as in {@code texts[3]}. */
    public Optional<FieldFault> fault(List<String> texts, String field) {
        return fault(texts, field, index -> field + "[" + index + "]");
    }

    /**
     * The first fault of a list of texts.
     *
     * @param texts may hold nulls, which are faults
     * @param element the name of an element's field
     */
    public Optional<FieldFault> fault(
            List<String> texts, String field, IntFunction<String> element) {
        if (texts.isEmpty()) {
            return Optional.of(new FieldFault(field, "The list is empty"));
        }
        if (texts.size() > maxTexts()) {
            return Optional.of(
                    new FieldFault(
                            field,
                            "The list has "
                                    + texts.size()
                                    + " texts; at most "
                                    + maxTexts()
                                    + " are allowed"));
        }
        for (int index = 0; index < texts.size(); index++) {
            Optional<FieldFault> fault =
                    fault(Optional.ofNullable(texts.get(index)), element.apply(index));
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    /** The fault of one text; an absent one is a null of the request. */
    public Optional<FieldFault> fault(Optional<String> text, String field) {
        int maxCharacters = configuration.maxTextCharacters();
        if (text.isEmpty()) {
            return Optional.of(new FieldFault(field, "The text is null"));
        }
        if (text.get().isBlank()) {
            return Optional.of(new FieldFault(field, "The text is blank"));
        }
        return text.get().length() > maxCharacters
                ? Optional.of(
                        new FieldFault(
                                field,
                                "The text has "
                                        + text.get().length()
                                        + " characters; at most "
                                        + maxCharacters
                                        + " are allowed"))
                : Optional.empty();
    }
}
