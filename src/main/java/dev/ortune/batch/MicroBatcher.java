package dev.ortune.batch;

import dev.ortune.error.InternalException;
import dev.ortune.error.OrtuneException;
import dev.ortune.error.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Gathers items into batches and has them computed by its lanes, threads of its own.
 *
 * <p>There is no artificial delay: a lane that is free takes what is there, and batches grow by
 * themselves while lanes are busy. Any thread may submit; the queue, under one lock, is all the state
 * that lanes and submitters share.
 */
public final class MicroBatcher<T extends BatchItem> implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(MicroBatcher.class);

    private final BatchSettings settings;
    private final BatchRunner<T> runner;
    private final BatchListener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final FairQueue<T> queue;
    private final Throughput throughput;
    private final List<Thread> lanes = new ArrayList<>();
    private boolean closed;

    /** Starts the lanes. */
    public MicroBatcher(BatchSettings settings, BatchRunner<T> runner, BatchListener listener) {
        this.settings = settings;
        this.runner = runner;
        this.listener = listener;
        this.queue = new FairQueue<>(settings.maxQueuedTokens());
        this.throughput = new Throughput(settings.lanes());
        for (int lane = 0; lane < settings.lanes(); lane++) {
            Thread thread = new Thread(this::work, "ortune-batch-" + lane);
            thread.setDaemon(true);
            lanes.add(thread);
        }
        lanes.forEach(Thread::start);
    }

    /**
     * Queues items of one flow, all or none.
     *
     * @throws RefusedException {@code OVERLOADED} when the queue is full, or closed
     */
    public void submit(List<T> items) {
        if (items.isEmpty()) {
            throw new IllegalArgumentException("nothing to submit");
        }
        List<T> shed = new ArrayList<>();
        boolean taken;
        Duration wait;
        lock.lock();
        try {
            taken = !closed && queue.offer(items, shed);
            wait = throughput.of(queue.tokens());
            if (taken) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
        if (!shed.isEmpty()) {
            listener.shed(shed.size());
            shed.forEach(item -> item.fail(overloaded(wait)));
        }
        if (!taken) {
            listener.shed(items.size());
            throw overloaded(wait);
        }
    }

    /** Takes items out that nobody waits for any more; those under way are not disturbed. */
    public void withdraw(List<T> items) {
        lock.lock();
        try {
            items.forEach(queue::remove);
        } finally {
            lock.unlock();
        }
    }

    /** Tokens that wait. */
    public long queuedTokens() {
        lock.lock();
        try {
            return queue.tokens();
        } finally {
            lock.unlock();
        }
    }

    /** Refuses new work, computes what is queued, and ends the lanes. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        for (Thread lane : lanes) {
            joinUninterruptibly(lane);
        }
    }

    private void work() {
        while (true) {
            List<T> batch = next();
            if (batch.isEmpty()) {
                return;
            }
            compute(batch);
        }
    }

    /** Waits for work; empty when the batcher is closed and everything is done. */
    private List<T> next() {
        lock.lock();
        try {
            while (true) {
                List<T> batch = queue.take(settings.shape());
                if (!batch.isEmpty()) {
                    if (!queue.isEmpty()) {
                        changed.signal();
                    }
                    return batch;
                }
                if (closed && queue.isEmpty()) {
                    return batch;
                }
                if (queue.isEmpty()) {
                    changed.awaitUninterruptibly();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void compute(List<T> batch) {
        int tokens = batch.stream().mapToInt(BatchItem::tokens).sum();
        int flows = (int) batch.stream().map(BatchItem::flow).distinct().count();
        long start = System.nanoTime();
        try {
            runner.run(batch);
        } catch (OrtuneException e) {
            LOG.error("A batch failed", e);
            batch.forEach(item -> item.fail(e));
        } catch (RuntimeException | Error e) {
            // A lane must outlive whatever a batch does to it.
            LOG.error("A batch failed", e);
            InternalException fault = new InternalException("A batch failed.", e);
            batch.forEach(item -> item.fail(fault));
        }
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        lock.lock();
        try {
            throughput.ran(tokens, time);
        } finally {
            lock.unlock();
        }
        listener.ran(batch.size(), tokens, flows, time);
    }

    private static RefusedException overloaded(Duration wait) {
        return RefusedException.overloaded("The queue of texts is full.", wait);
    }

    private static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
