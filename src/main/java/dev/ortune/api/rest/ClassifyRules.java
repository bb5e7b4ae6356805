package dev.ortune.api.rest;

import dev.ortune.api.inference.FieldFault;
import dev.ortune.api.inference.TextRules;
import dev.ortune.error.InvalidInputException;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Either a text or texts, none blank, none too long, not too many. Thread-safe. */
@Singleton
public final class ClassifyRules {

    private final TextRules rules;

    public ClassifyRules(TextRules rules) {
        this.rules = rules;
    }

    /**
     * Refuses a request that breaks them.
     *
     * @throws InvalidInputException {@code INVALID_REQUEST}, of the first fault
     */
    void check(ClassifyRequest request) {
        Optional<InvalidInputException> fault = fault(request).map(FieldFault::exception);
        if (fault.isPresent()) {
            throw fault.get();
        }
    }

    private Optional<FieldFault> fault(ClassifyRequest request) {
        if (request.text().isPresent() == request.texts().isPresent()) {
            return Optional.of(
                    new FieldFault("text", "Give either text or texts, and only one of them"));
        }
        return request.text().isPresent()
                ? rules.fault(request.text(), "text")
                : rules.fault(request.texts().get(), "texts");
    }
}
