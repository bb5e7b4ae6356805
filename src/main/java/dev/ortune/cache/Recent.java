package dev.ortune.cache;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * A value that is dear to get: asked for once in a while, however many gauges want to know. While it
 * cannot be had, it is what it was. Thread-safe.
 */
public final class Recent<T> {

    private final Supplier<T> source;
    private final long freshMillis;
    private final InstantSource clock;

    private T value;
    private long atMillis = Long.MIN_VALUE;

    /**
     * A value that was not asked for yet.
     *
     * @param first what it is until it can be had
     * @param fresh how long it is not asked for again, whether it could be had or not
     */
    public Recent(Supplier<T> source, T first, Duration fresh, InstantSource clock) {
        this.source = source;
        this.value = first;
        this.freshMillis = fresh.toMillis();
        this.clock = clock;
    }

    /** What it is, or was a moment ago. */
    public synchronized T get() {
        long now = clock.millis();
        if (now - freshMillis > atMillis) {
            atMillis = now;
            try {
                value = source.get();
            } catch (RuntimeException e) {
                // The database is away, say. Readiness tells of that; numbers have no word for it.
                return value;
            }
        }
        return value;
    }
}
