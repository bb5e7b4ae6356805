package dev.ortune.tuning;

import java.util.List;

/**
 * Part of a list.
 *
 * @param hasMore whether more come after these
 */
public record NewsPage<T>(List<T> elements, boolean hasMore) {
    public NewsPage {
        elements = List.copyOf(elements);
    }

    /**
     * The beginning of a list.
     *
     * @param found one more than wanted, if there is one more
     */
    static <T> NewsPage<T> of(List<T> found, int wanted) {
        return new NewsPage<>(
                found.subList(0, Math.min(wanted, found.size())), found.size() > wanted);
    }
}
