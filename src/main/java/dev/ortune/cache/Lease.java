package dev.ortune.cache;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A hold on a cached value, which stays open at least until the lease is closed. Thread-safe; closing
 * it twice gives it back once.
 */
public final class Lease<V> implements AutoCloseable {

    private final V value;
    private final Runnable giveBack;
    private final AtomicBoolean closed = new AtomicBoolean();

    Lease(V value, Runnable giveBack) {
        this.value = value;
        this.giveBack = giveBack;
    }

    /** The value; not to be used after {@link #close()}. */
    public V value() {
        return value;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            giveBack.run();
        }
    }
}
