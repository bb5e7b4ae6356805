package dev.ortune.dataset;

import dev.ortune.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;

/** Keeps the first faulty rows and counts the others. */
final class CollectedFaults implements FaultyRows {

    private final int maxKept;
    private final List<RowFault> kept = new ArrayList<>();
    private long count;

    CollectedFaults(int maxKept) {
        this.maxKept = maxKept;
    }

    @Override
    public void add(long row, InvalidInputException fault) {
        count++;
        if (kept.size() < maxKept) {
            kept.add(new RowFault(row, fault.code(), fault.getMessage(), fault.remedy()));
        }
    }

    List<RowFault> kept() {
        return kept;
    }

    long count() {
        return count;
    }
}
