package dev.ortune.job;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Takes jobs from the queue and works on them, a thread per slot of its lanes, and one more whose heartbeats keep the
 * leases. A database that is away for a while does it no harm: it asks again.
 */
public final class JobWorker implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(JobWorker.class);

    private final JobQueue queue;
    private final InstantSource clock;
    private final WorkerSettings settings;
    private final WorkerListener listener;
    private final Set<RunningTask> running = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ScheduledExecutorService heart;
    private final List<Thread> slots = new ArrayList<>();

    /** Starts working. */
    public JobWorker(
            JobQueue queue,
            List<JobLane> lanes,
            InstantSource clock,
            WorkerSettings settings,
            WorkerListener listener) {
        this.queue = queue;
        this.clock = clock;
        this.settings = settings;
        this.listener = listener;
        this.heart =
                Executors.newSingleThreadScheduledExecutor(
                        runnable -> daemon(runnable, "ortune-jobs-heart"));
        long nanos = settings.heartbeat().toNanos();
        heart.scheduleWithFixedDelay(this::beat, nanos, nanos, TimeUnit.NANOSECONDS);
        for (JobLane lane : lanes) {
            for (int slot = 0; slot < lane.slots(); slot++) {
                slots.add(daemon(() -> work(lane), "ortune-jobs-" + lane.name() + "-" + slot));
            }
        }
        slots.forEach(Thread::start);
    }

    /** Asks running jobs to stop, waits until they are saved and left, and takes no more. */
    @Override
    public void close() {
        closing.countDown();
        running.forEach(one -> one.stop(StopReason.SHUTDOWN));
        for (Thread slot : slots) {
            try {
                slot.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        heart.shutdownNow();
    }

    private void work(JobLane lane) {
        if (awaitClosing(settings.rest())) {
            return;
        }
        while (!isClosing()) {
            Optional<Claim> claim = claim(lane);
            if (claim.isPresent()) {
                work(lane, claim.get());
            } else if (awaitClosing(settings.poll())) {
                return;
            }
        }
    }

    private void work(JobLane lane, Claim claim) {
        RunningTask one = new RunningTask(queue, clock, claim);
        running.add(one);
        try {
            // Closing may have looked at the running ones before this was among them.
            if (isClosing()) {
                one.stop(StopReason.SHUTDOWN);
            }
            listener.left(lane.name(), one.run(lane.task()));
        } finally {
            running.remove(one);
            lane.left(claim.job());
        }
    }

    private Optional<Claim> claim(JobLane lane) {
        long start = System.nanoTime();
        try {
            Optional<Claim> claim = lane.claim(settings.name());
            listener.asked(lane.name(), Duration.ofNanos(System.nanoTime() - start));
            return claim;
        } catch (RuntimeException e) {
            LOG.warn("No job could be claimed; the database may be away", e);
            return Optional.empty();
        }
    }

    private void beat() {
        running.forEach(RunningTask::beat);
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private boolean awaitClosing(Duration longest) {
        try {
            return closing.await(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static Thread daemon(Runnable runnable, String name) {
        Thread thread = new Thread(runnable, name);
        thread.setDaemon(true);
        return thread;
    }
}
