package dev.ortune.bench.jobs;

import dev.ortune.bench.race.Quantiles;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** Times of something that is done over and over. Thread-safe. */
final class Stopwatch {

    private static final double NANOSECONDS_PER_MILLISECOND = 1e6;

    private final Queue<Double> milliseconds = new ConcurrentLinkedQueue<>();

    /** Does it once more. */
    <T> T time(Supplier<T> work) {
        long begin = System.nanoTime();
        T result = work.get();
        milliseconds.add((System.nanoTime() - begin) / NANOSECONDS_PER_MILLISECOND);
        return result;
    }

    /** Forgets what was before. */
    void reset() {
        milliseconds.clear();
    }

    /** All times; there must be one. */
    Quantiles quantiles() {
        return Quantiles.of(List.copyOf(milliseconds));
    }
}
