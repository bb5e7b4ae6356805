package dev.ortune.batch;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The virtual time of start-time fair queueing: it stands where the work that was taken last began.
 * Not thread-safe.
 */
final class VirtualClock {

    private static final int ENDS_BEFORE_PRUNING = 1024;

    /** Where flows that ran empty may go on, as long as that lies in the future. */
    private final Map<Object, Double> ends = new HashMap<>();

    private double now;

    double now() {
        return now;
    }

    /** Work that begins at a time is taken. */
    void advance(double begin) {
        now = Math.max(now, begin);
    }

    /** Where a flow that has work again may begin: idle time earns no credit and clears no debt. */
    double startOf(Object flow) {
        return Math.max(now, Optional.ofNullable(ends.remove(flow)).orElse(0.0));
    }

    /** A flow ran empty, its last work taken up to a time. */
    void leave(Object flow, double end) {
        if (ends.size() >= ENDS_BEFORE_PRUNING) {
            ends.values().removeIf(other -> other <= now);
        }
        ends.put(flow, end);
    }
}
