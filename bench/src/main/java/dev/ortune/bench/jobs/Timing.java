package dev.ortune.bench.jobs;

import dev.ortune.bench.race.Quantiles;

/**
 * How long something took, over and over.
 *
 * @param what it is
 * @param milliseconds each time
 * @param wantedMilliseconds that 99 of 100 times shall stay below
 */
record Timing(String what, Quantiles milliseconds, double wantedMilliseconds) {

    private static final double P99 = 0.99;

    double median() {
        return milliseconds.median();
    }

    double p99() {
        return milliseconds.at(P99);
    }

    /** How often it was done. */
    int count() {
        return milliseconds.sorted().size();
    }

    boolean holds() {
        return p99() < wantedMilliseconds;
    }
}
