package dev.ortune.api.rest.openai;

import dev.ortune.api.inference.FieldFault;
import java.util.Optional;

/** How much of a list a request wants. */
final class ListLimit {

    private static final int DEFAULT = 20;

    private ListLimit() {}

    static int of(Optional<String> wanted, int most) {
        return wanted.map(text -> parse(text, most)).orElse(Math.min(DEFAULT, most));
    }

    private static int parse(String text, int most) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= most) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Told like a number that is out of its range.
        }
        throw FieldFault.of("limit", "The value must be a whole number from 1 to " + most);
    }
}
