package dev.ortune.serve;

import dev.ortune.error.OrtuneException;
import dev.ortune.repository.KnownBases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Prepares the bases that the configuration lists, one after the other in a thread of its own, so that
 * neither the first upload nor the first job waits for a download. One that cannot be had is tried
 * again. Thread-safe.
 */
public final class BasePreparation implements AutoCloseable {

    private final KnownBases bases;
    private final Duration pause;
    private final List<String> missing;
    private final CountDownLatch closing = new CountDownLatch(1);

    /**
     * Nothing is prepared yet.
     *
     * @param names of the bases, as clients see them
     * @param pause before what failed is tried again
     */
    BasePreparation(KnownBases bases, List<String> names, Duration pause) {
        this.bases = bases;
        this.pause = pause;
        this.missing = new CopyOnWriteArrayList<>(names);
    }

    /** Starts it; returns at once. */
    BasePreparation start() {
        if (!missing.isEmpty()) {
            Thread thread = new Thread(this::run, "ortune-bases");
            thread.setDaemon(true);
            thread.start();
        }
        return this;
    }

    /** Those that are not prepared yet, as clients see them. */
    public List<String> missing() {
        return List.copyOf(missing);
    }

    /** Begins no further base; one that is being prepared is left to the end of the process. */
    @Override
    public void close() {
        closing.countDown();
    }

    private void run() {
        try {
            do {
                for (String name : new ArrayList<>(missing)) {
                    if (closing.getCount() > 0 && isThere(name)) {
                        missing.remove(name);
                    }
                }
            } while (!missing.isEmpty() && !closing.await(pause.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isThere(String name) {
        try {
            bases.base(name);
            return true;
        } catch (OrtuneException e) {
            // The log has said why.
            return false;
        }
    }
}
