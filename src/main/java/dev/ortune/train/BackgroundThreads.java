package dev.ortune.train;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.UnavailableException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that work beside the training thread, which owns and closes them.
 *
 * <p>Work starts in the order in which it was submitted. What it throws is thrown again where its
 * result is awaited.
 */
final class BackgroundThreads implements AutoCloseable {

    private final ExecutorService executor;

    BackgroundThreads(String name, int count) {
        this.executor = Executors.newFixedThreadPool(count, daemons(name));
    }

    <T> Future<T> submit(Callable<T> work) {
        return executor.submit(work);
    }

    /**
     * Waits for a result.
     *
     * @throws UnavailableException {@code RUNTIME_UNAVAILABLE} when the waiting thread is
     *     interrupted; it stays so
     */
    static <T> T await(Future<T> result) {
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException(
                    ErrorCode.RUNTIME_UNAVAILABLE,
                    "The training was interrupted.",
                    "Run it again.",
                    e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /**
     * Drops what has not begun, interrupts what is under way and waits for its end, also on an
     * interrupted thread: the work may use what its owner closes next.
     */
    @Override
    public void close() {
        executor.shutdownNow();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = executor.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
