package dev.ortune.api.rest;

import dev.ortune.api.inference.FieldFault;
import dev.ortune.api.inference.TextRules;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import java.util.Optional;

/** Finds the first fault of a request and the field that has it. */
@Singleton
public final class TextsWithinLimitsValidator
        implements ConstraintValidator<TextsWithinLimits, ClassifyRequest> {

    private final TextRules rules;

    public TextsWithinLimitsValidator(TextRules rules) {
        this.rules = rules;
    }

    @Override
    public boolean isValid(ClassifyRequest request, ConstraintValidatorContext context) {
        Optional<FieldFault> fault = fault(request);
        fault.ifPresent(found -> report(found, context));
        return fault.isEmpty();
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

    private static void report(FieldFault fault, ConstraintValidatorContext context) {
        context.disableDefaultConstraintViolation();
        // Only numbers and fixed words are in the message: nothing for the template to expand.
        context.buildConstraintViolationWithTemplate(fault.message())
                .addPropertyNode(fault.field())
                .addConstraintViolation();
    }
}
