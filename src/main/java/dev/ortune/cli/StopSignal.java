package dev.ortune.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a run end in an orderly way when the process is told to end (SIGTERM, Ctrl-C): asks it to stop
 * and holds the process up until it has.
 *
 * <p>Closed by the run's own thread when the run is over.
 */
final class StopSignal implements AutoCloseable {

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook;

    /**
     * Waits for the signal.
     *
     * @param stop asks the run to stop; called by a thread of the signal's
     * @param grace how long the process is held up at most
     */
    StopSignal(Runnable stop, Duration grace) {
        this.hook =
                new Thread(
                        () -> {
                            stop.run();
                            awaitEnd(grace);
                        },
                        "ortune-stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void awaitEnd(Duration grace) {
        try {
            over.await(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The signal has come: the hook ends by itself.
        }
    }
}
