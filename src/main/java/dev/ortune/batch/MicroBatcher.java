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
 * Gathers items into batches and has them computed, so many at a time as it has lanes: by threads of
 * its own, or by a submitter that offers itself ({@link #submitAndHelp}).
 *
 * <p>There is no artificial delay: a lane that is free takes what is there, and batches grow by
 * themselves while lanes are busy. Any thread may submit; the queue and the number of running batches,
 * under one lock, are all the state that lanes and submitters share.
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
    private int running;
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
        enqueue(items, false);
    }

    /**
     * The same, but where a lane is free the calling thread computes a batch in its stead, and
     * returns when that is done: a lone caller waits for no other thread to wake up.
     *
     * @throws RefusedException {@code OVERLOADED} when the queue is full, or closed
     */
    public void submitAndHelp(List<T> items) {
        List<T> batch = enqueue(items, true);
        if (!batch.isEmpty()) {
            compute(batch);
        }
    }

    /** What the caller is to compute; nothing unless it helps and a lane is free. */
    private List<T> enqueue(List<T> items, boolean helps) {
        if (items.isEmpty()) {
            throw new IllegalArgumentException("nothing to submit");
        }
        List<T> shed = new ArrayList<>();
        List<T> batch = List.of();
        boolean taken;
        Duration wait;
        lock.lock();
        try {
            taken = !closed && queue.offer(items, shed);
            wait = throughput.of(queue.tokens());
            if (taken) {
                batch = helps ? take() : List.of();
                signalIfWork();
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
        return batch;
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
            while (running > 0 || !queue.isEmpty()) {
                changed.awaitUninterruptibly();
            }
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

    /** Waits for work; empty when the batcher is closed and everything is taken. */
    private List<T> next() {
        lock.lock();
        try {
            while (true) {
                List<T> batch = take();
                if (!batch.isEmpty()) {
                    signalIfWork();
                    return batch;
                }
                if (closed && queue.isEmpty()) {
                    return batch;
                }
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The next batch, now running; empty if there is none or no lane for it. Under the lock. */
    private List<T> take() {
        while (running < settings.lanes() && !queue.isEmpty()) {
            List<T> batch = queue.take(settings.shape());
            if (!batch.isEmpty()) {
                running++;
                return batch;
            }
        }
        return List.of();
    }

    private void signalIfWork() {
        if (running < settings.lanes() && !queue.isEmpty()) {
            changed.signal();
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
            // Lanes and helpers must outlive whatever a batch does to them.
            LOG.error("A batch failed", e);
            InternalException fault = new InternalException("A batch failed.", e);
            batch.forEach(item -> item.fail(fault));
        }
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        lock.lock();
        try {
            running--;
            throughput.ran(tokens, time);
            if (closed) {
                changed.signalAll();
            } else {
                signalIfWork();
            }
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
