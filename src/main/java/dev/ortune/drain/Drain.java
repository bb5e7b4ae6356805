package dev.ortune.drain;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether the process has been told to end. From then on it still answers for a while, and whoever holds
 * its clients has them go elsewhere. Thread-safe.
 */
public final class Drain {

    private final List<Runnable> listeners = new ArrayList<>();
    private volatile boolean hasBegun;

    /** Whether {@link #begin} was called. */
    public boolean hasBegun() {
        return hasBegun;
    }

    /**
     * Has something done once the process is told to end; at once where it has been already.
     *
     * @param listener called by the thread that tells; must not wait
     */
    public void whenBegun(Runnable listener) {
        synchronized (listeners) {
            if (!hasBegun) {
                listeners.add(listener);
                return;
            }
        }
        listener.run();
    }

    /** Tells everyone, the first time it is called. */
    public void begin() {
        List<Runnable> told;
        synchronized (listeners) {
            hasBegun = true;
            told = List.copyOf(listeners);
            listeners.clear();
        }
        told.forEach(Runnable::run);
    }
}
