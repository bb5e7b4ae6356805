package dev.ortune.api.inference;

import java.util.OptionalLong;

/**
 * How many elements a list gives at a time.
 *
 * @param standard where the request does not say
 * @param most that it may say
 */
public record ListSize(int standard, int most) {

    public static final ListSize FILES = new ListSize(10_000, 10_000);
    public static final ListSize JOBS = new ListSize(20, 100);
    public static final ListSize EVENTS = new ListSize(20, 1000);
    public static final ListSize CHECKPOINTS = EVENTS;
    public static final ListSize STEPS = new ListSize(1000, 10_000);

    /**
     * As many as a request wants.
     *
     * @throws dev.ortune.error.InvalidInputException {@code INVALID_REQUEST}, at {@code limit}
     */
    public int of(OptionalLong wanted) {
        long limit = wanted.orElse(standard);
        if (limit < 1 || limit > most) {
            throw FieldFault.of("limit", "The value must be a whole number from 1 to " + most);
        }
        return (int) limit;
    }
}
