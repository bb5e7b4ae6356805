package dev.ortune.api.rest.openai;

import dev.ortune.api.inference.ListSize;
import java.util.Optional;
import java.util.OptionalLong;

/** How much of a list a request wants. */
final class ListLimit {

    private static final int DEFAULT = 20;

    private ListLimit() {}

    static int of(Optional<String> wanted, int most) {
        return of(wanted, new ListSize(Math.min(DEFAULT, most), most));
    }

    static int of(Optional<String> wanted, ListSize size) {
        return size.of(
                wanted.map(text -> OptionalLong.of(parse(text))).orElse(OptionalLong.empty()));
    }

    /** What is no number is told like one that is out of its range. */
    private static long parse(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
