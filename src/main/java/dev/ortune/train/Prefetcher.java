package dev.ortune.train;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * Keeps the next elements of a source ready, made by one background thread.
 *
 * <p>The source belongs to the background thread alone, everything else to the thread that made the
 * prefetcher, takes the elements and closes it. The order is the source's. What the source throws is
 * thrown where the element is asked for.
 */
final class Prefetcher<T> implements Iterator<T>, AutoCloseable {

    private final Iterator<T> source;
    private final BackgroundThreads thread;
    private final Deque<Future<Optional<T>>> ahead = new ArrayDeque<>();

    /** Starts; at most {@code depth} elements are ready or in the making at any time. */
    Prefetcher(String name, Iterator<T> source, int depth) {
        this.source = source;
        this.thread = new BackgroundThreads(name, 1);
        for (int i = 0; i < depth; i++) {
            order();
        }
    }

    /** Waits until the next element or the end is known. */
    @Override
    public boolean hasNext() {
        return BackgroundThreads.await(ahead.element()).isPresent();
    }

    /** Waits for the next element. */
    @Override
    public T next() {
        T next = BackgroundThreads.await(ahead.element()).orElseThrow(NoSuchElementException::new);
        ahead.remove();
        order();
        return next;
    }

    /** Ends the thread, whatever it is doing. */
    @Override
    public void close() {
        thread.close();
    }

    private void order() {
        ahead.add(
                thread.submit(
                        () -> source.hasNext() ? Optional.of(source.next()) : Optional.empty()));
    }
}
