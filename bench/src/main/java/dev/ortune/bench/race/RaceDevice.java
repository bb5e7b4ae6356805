package dev.ortune.bench.race;

import java.util.Locale;

/** What may train on both sides of a race. */
enum RaceDevice {
    CPU,
    CUDA;

    /** As the protocol says it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
