package dev.ortune.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/**
 * Sends deliveries, at least once each: a thread looks for those that are due, and others send them, so
 * that a slow endpoint holds up only itself. A database that is away for a while does it no harm: it
 * asks again. Several processes may send from the same database.
 */
public final class WebhookSender implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(WebhookSender.class);

    private static final Duration RETRY = Duration.ofMillis(200);
    private static final Duration BETWEEN_PURGES = Duration.ofHours(1);

    private final WebhookQueue queue;
    private final WebhookClient client;
    private final InstantSource clock;
    private final SenderSettings settings;
    private final Semaphore slots;

    /** Given when there may be something to claim, or to close. */
    private final Semaphore wake = new Semaphore(0);

    private final ExecutorService senders;
    private final Thread dispatcher;
    private volatile boolean isClosing;
    private Instant nextPurge = Instant.MIN;

    /** Starts sending. */
    public WebhookSender(
            Jdbi database, InstantSource clock, TargetPolicy targets, SenderSettings settings) {
        this.queue = new WebhookQueue(database, clock, settings);
        this.client = new WebhookClient(targets, clock, settings.timeout());
        this.clock = clock;
        this.settings = settings;
        this.slots = new Semaphore(settings.maxInFlight());
        AtomicInteger number = new AtomicInteger();
        this.senders =
                Executors.newFixedThreadPool(
                        settings.maxInFlight(),
                        runnable ->
                                daemon(runnable, "ortune-webhooks-" + number.getAndIncrement()));
        this.dispatcher = daemon(this::dispatch, "ortune-webhooks");
        dispatcher.start();
    }

    /** Sends nothing more, and waits for what is under way. */
    @Override
    public void close() {
        // Nothing is interrupted: an embedded database may lose its file by that.
        isClosing = true;
        wake.release();
        slots.release();
        try {
            dispatcher.join();
            senders.shutdown();
            long nanos = settings.timeout().plus(RETRY).toNanos();
            if (!senders.awaitTermination(nanos, TimeUnit.NANOSECONDS)) {
                LOG.warn("A delivery under way is left; it is sent again later");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void dispatch() {
        try {
            await(settings.rest());
            while (!isClosing) {
                slots.acquire();
                if (isClosing) {
                    return;
                }
                Optional<ClaimedDelivery> due = claim();
                if (due.isPresent()) {
                    senders.execute(() -> deliver(due.get()));
                } else {
                    slots.release();
                    await(settings.poll());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits so long, or until there may be something to claim, or to close. */
    private void await(Duration longest) throws InterruptedException {
        if (wake.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
            wake.drainPermits();
        }
    }

    private Optional<ClaimedDelivery> claim() {
        try {
            Instant now = clock.instant();
            if (now.isAfter(nextPurge)) {
                nextPurge = now.plus(BETWEEN_PURGES);
                queue.purge();
            }
            return queue.claim();
        } catch (RuntimeException e) {
            LOG.warn("No webhook could be claimed; the database may be away", e);
            return Optional.empty();
        }
    }

    private void deliver(ClaimedDelivery delivery) {
        try {
            Reply reply = client.send(delivery);
            if (!reply.isSuccess()) {
                LOG.debugf("%s to %s: %s", delivery.id(), delivery.endpointId(), reply.error());
            }
            finish(delivery, reply);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            slots.release();
            wake.release();
        }
    }

    /** A database that is away may come back while the lease holds. */
    private void finish(ClaimedDelivery delivery, Reply reply) throws InterruptedException {
        while (true) {
            try {
                if (!queue.finish(delivery, reply)) {
                    LOG.debugf("%s: its endpoint was deleted or leased anew", delivery.id());
                }
                return;
            } catch (RuntimeException e) {
                if (clock.instant().isAfter(delivery.until())) {
                    LOG.warnf(e, "What came of %s is not known; it is sent again", delivery.id());
                    return;
                }
                Thread.sleep(RETRY.toMillis());
            }
        }
    }

    private static Thread daemon(Runnable runnable, String name) {
        Thread thread = new Thread(runnable, name);
        thread.setDaemon(true);
        return thread;
    }
}
