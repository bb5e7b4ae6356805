package dev.ortune.tuning;

import dev.ortune.error.InvalidInputException;

/**
 * A request's own name, by which it is known when it comes again.
 *
 * @param text 1 to 255 printable characters
 */
public record IdempotencyKey(String text) {

    private static final int MAX_LENGTH = 255;

    /**
     * A key from a request.
     *
     * @param field where it stands
     * @throws InvalidInputException {@code INVALID_REQUEST}
     */
    public static IdempotencyKey of(String field, String text) {
        TuningFault.require(
                !text.isBlank()
                        && text.length() <= MAX_LENGTH
                        && text.chars().allMatch(c -> c >= ' '),
                field,
                "must have 1 to " + MAX_LENGTH + " printable characters");
        return new IdempotencyKey(text);
    }
}
