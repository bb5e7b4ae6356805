package dev.ortune.api.inference;

import dev.ortune.error.InvalidInputException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What is wrong with a field of a request.
 *
 * @param field as in {@code texts[3]}
 * @param message a sentence without its full stop
 */
public record FieldFault(String field, String message) {

    /** As an error: {@code INVALID_REQUEST} whose message begins with the field. */
    public InvalidInputException exception() {
        return InvalidInputException.ofField(field, message);
    }

    /** An error of a field that must be there. */
    public static InvalidInputException missing(String field) {
        return of(field, "The field is missing");
    }

    /** An error of a field that takes a few words only, those of an enumeration in lower case. */
    public static InvalidInputException noneOf(String field, Enum<?>[] choices) {
        return of(
                field,
                "The value must be one of: "
                        + Arrays.stream(choices)
                                .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ")));
    }

    /** An error of a field. */
    public static InvalidInputException of(String field, String message) {
        return new FieldFault(field, message).exception();
    }
}
