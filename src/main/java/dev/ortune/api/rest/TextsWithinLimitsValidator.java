package dev.ortune.api.rest;

import dev.ortune.serve.ServeConfiguration;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import java.util.List;

/** Finds the first fault of a request and the field that has it. */
@Singleton
public final class TextsWithinLimitsValidator
        implements ConstraintValidator<TextsWithinLimits, ClassifyRequest> {

    // Validators are made when the application is built, before there is a configuration.
    private final Provider<ServeConfiguration> configuration;

    public TextsWithinLimitsValidator(Provider<ServeConfiguration> configuration) {
        this.configuration = configuration;
    }

    @Override
    public boolean isValid(ClassifyRequest request, ConstraintValidatorContext context) {
        if (request.text().isPresent() == request.texts().isPresent()) {
            return refuse(context, "text", "Give either text or texts, and only one of them");
        }
        if (request.text().isPresent()) {
            return isText(request.text().get(), "text", context);
        }
        List<String> texts = request.texts().get();
        int maxTexts = configuration.get().maxTextsPerRequest();
        if (texts.isEmpty()) {
            return refuse(context, "texts", "The list is empty");
        }
        if (texts.size() > maxTexts) {
            return refuse(
                    context,
                    "texts",
                    "The list has "
                            + texts.size()
                            + " texts; at most "
                            + maxTexts
                            + " are allowed");
        }
        for (int index = 0; index < texts.size(); index++) {
            if (!isText(texts.get(index), "texts[" + index + "]", context)) {
                return false;
            }
        }
        return true;
    }

    private boolean isText(String text, String field, ConstraintValidatorContext context) {
        if (text == null) {
            return refuse(context, field, "The text is null");
        }
        if (text.isBlank()) {
            return refuse(context, field, "The text is blank");
        }
        int maxCharacters = configuration.get().maxTextCharacters();
        if (text.length() > maxCharacters) {
            return refuse(
                    context,
                    field,
                    "The text has "
                            + text.length()
                            + " characters; at most "
                            + maxCharacters
                            + " are allowed");
        }
        return true;
    }

    private static boolean refuse(
            ConstraintValidatorContext context, String field, String message) {
        context.disableDefaultConstraintViolation();
        // Only numbers and fixed words are in the message: nothing for the template to expand.
        context.buildConstraintViolationWithTemplate(message)
                .addPropertyNode(field)
                .addConstraintViolation();
        return false;
    }
}
