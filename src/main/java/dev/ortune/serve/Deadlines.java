package dev.ortune.serve;

import dev.ortune.error.RefusedException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Ends calls whose time is over, on a thread of its own. Thread-safe. */
final class Deadlines implements AutoCloseable {

    private final Duration longest;
    private final ScheduledThreadPoolExecutor clock;

    Deadlines(Duration longest) {
        this.longest = longest;
        this.clock =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread thread = new Thread(task, "ortune-deadlines");
                            thread.setDaemon(true);
                            return thread;
                        });
        clock.setRemoveOnCancelPolicy(true);
    }

    /** The time that a caller gets: what it asks for, but no more than the limit. */
    Duration limit(Optional<Duration> asked) {
        return asked.filter(time -> time.compareTo(longest) < 0).orElse(longest);
    }

    /**
     * Ends a call after a while, unless it ends before.
     *
     * @param allowed what the caller was given in all, for the message
     */
    void watch(PendingCall call, Duration left, Duration allowed) {
        Future<?> alarm =
                clock.schedule(
                        () -> call.fail(RefusedException.deadlineExceeded(allowed)),
                        Math.max(0, left.toNanos()),
                        TimeUnit.NANOSECONDS);
        call.whenEnded(() -> alarm.cancel(false));
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
