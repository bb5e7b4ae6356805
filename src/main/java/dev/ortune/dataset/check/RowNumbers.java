package dev.ortune.dataset.check;

import java.util.ArrayList;
import java.util.List;

/** Counts rows and keeps the first of them. */
final class RowNumbers {

    private static final int KEPT = 10;

    private final List<Long> first = new ArrayList<>();
    private long count;

    void add(long row) {
        count++;
        if (first.size() < KEPT) {
            first.add(row);
        }
    }

    List<Long> first() {
        return first;
    }

    long count() {
        return count;
    }
}
