package dev.ortune.base;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Closes a response body that stays silent: the HTTP client's own timeout ends with the headers, so
 * a dead peer would hold the reader for ever.
 */
final class StallGuard implements AutoCloseable {

    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "download-stall-guard");
                        thread.setDaemon(true);
                        return thread;
                    });
    private final AtomicLong lastSign = new AtomicLong(System.nanoTime());
    private final Future<?> checks;
    private final Closeable body;
    private final Duration limit;

    StallGuard(Closeable body, Duration limit) {
        this.body = body;
        this.limit = limit;
        long period = Math.max(1, limit.toMillis() / 4);
        checks = timer.scheduleWithFixedDelay(this::check, period, period, TimeUnit.MILLISECONDS);
    }

    /** The peer is alive. */
    void sign() {
        lastSign.set(System.nanoTime());
    }

    private void check() {
        if (System.nanoTime() - lastSign.get() > limit.toNanos()) {
            try {
                body.close();
            } catch (IOException ignored) {
                // The reader sees a body that ends early, which is what is wanted.
            }
        }
    }

    @Override
    public void close() {
        checks.cancel(false);
        timer.shutdownNow();
    }
}
