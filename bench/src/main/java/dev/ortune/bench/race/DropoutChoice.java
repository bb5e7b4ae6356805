package dev.ortune.bench.race;

import java.util.List;

/** Which races to run of each case. */
enum DropoutChoice {
    ON(List.of(true)),
    OFF(List.of(false)),
    BOTH(List.of(false, true));

    private final List<Boolean> races;

    DropoutChoice(List<Boolean> races) {
        this.races = races;
    }

    /** Whether dropout acts, race by race. */
    List<Boolean> races() {
        return races;
    }
}
