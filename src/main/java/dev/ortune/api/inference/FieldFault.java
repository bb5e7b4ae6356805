package dev.ortune.api.inference;

import dev.ortune.error.InvalidInputException;

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

    /** An error of a field. */
    public static InvalidInputException of(String field, String message) {
        return new FieldFault(field, message).exception();
    }
}
