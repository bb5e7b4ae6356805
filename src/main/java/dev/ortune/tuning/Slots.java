package dev.ortune.tuning;

import java.util.BitSet;

/** Small numbers for what runs at the same time, each used by one at a time. Thread-safe. */
final class Slots {

    private final BitSet taken = new BitSet();

    synchronized int take() {
        int slot = taken.nextClearBit(0);
        taken.set(slot);
        return slot;
    }

    synchronized void giveBack(int slot) {
        taken.clear(slot);
    }
}
