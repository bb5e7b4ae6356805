package dev.ortune.serve;

import dev.ortune.drain.Drain;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Begins the drain when the process is told to end. Java calls its hooks at the same time: this one while
 * Quarkus waits for {@code quarkus.shutdown.delay}, of which it tells nobody but its own extensions.
 */
@Singleton
public final class DrainBeans {

    private final Drain drain = new Drain();
    private final Thread hook = new Thread(drain::begin, "ortune-drain");

    @Produces
    @Singleton
    Drain drain() {
        return drain;
    }

    void start(@Observes StartupEvent event) {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** A service that ends in a process that goes on, such as a test's, leaves nothing there. */
    void stop(@Observes ShutdownEvent event) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process ends, and the hook has run.
        }
    }
}
