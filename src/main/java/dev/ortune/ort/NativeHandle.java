package dev.ortune.ort;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A native object with one owner; closing it twice releases it once.
 *
 * <p>The runtime counts open handles, so that tests can prove that none leaks.
 */
abstract class NativeHandle implements AutoCloseable {

    private final HandleCount count;
    private final AtomicBoolean closed = new AtomicBoolean();

    NativeHandle(HandleCount count) {
        this.count = count;
        count.opened();
    }

    /** Releases the native object; called once. */
    abstract void release();

    final void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException(getClass().getSimpleName() + " is closed");
        }
    }

    @Override
    public final void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                release();
            } finally {
                count.closed();
            }
        }
    }
}
