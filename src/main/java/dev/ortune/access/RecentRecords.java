package dev.ortune.access;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/**
 * Keys and quotas at hand, so that requests do not touch the database: all of them are read at once,
 * by one thread, when they were last read {@link #LIFETIME} ago and somebody asks. What another process
 * changed holds here after that time; what this one changed, at once.
 *
 * <p>While the database is away the last records hold. Thread-safe.
 */
public final class RecentRecords {

    /** How old records may be. */
    static final Duration LIFETIME = Duration.ofSeconds(10);

    /** How old they may be where something is missing in them; also the pause after a failure. */
    static final Duration SHORT_LIFETIME = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger(RecentRecords.class);

    private final Jdbi database;
    private final Executor readers;
    private final LongSupplier nanoTime;
    private final AtomicLong tickets = new AtomicLong();
    private final AtomicReference<Reading> latest;
    private final AtomicReference<CompletableFuture<AccessRecords>> underWay =
            new AtomicReference<>();

    /** What a ticket brought: a reading that began later counts more. */
    private record Reading(long ticket, long begunNanos, AccessRecords records) {}

    /**
     * Reads for the first time.
     *
     * @param readers read later on
     * @param nanoTime as {@link System#nanoTime()}
     */
    public RecentRecords(Jdbi database, Executor readers, LongSupplier nanoTime) {
        this.database = database;
        this.readers = readers;
        this.nanoTime = nanoTime;
        this.latest = new AtomicReference<>(read());
    }

    /** Records that are recent enough; completed already where some are at hand. */
    CompletionStage<AccessRecords> recent() {
        return noOlderThan(LIFETIME);
    }

    /** Records that are fresh, for whoever misses something in the recent ones. */
    CompletionStage<AccessRecords> fresh() {
        return noOlderThan(SHORT_LIFETIME);
    }

    /** Whatever was read last. */
    AccessRecords latest() {
        return latest.get().records();
    }

    /** Reads on the calling thread, after a change. */
    AccessRecords reread() {
        publish(read());
        return latest();
    }

    private CompletionStage<AccessRecords> noOlderThan(Duration age) {
        Reading reading = latest.get();
        return nanoTime.getAsLong() - reading.begunNanos() < age.toNanos()
                ? CompletableFuture.completedFuture(reading.records())
                : readLater();
    }

    private CompletionStage<AccessRecords> readLater() {
        CompletableFuture<AccessRecords> mine = new CompletableFuture<>();
        CompletableFuture<AccessRecords> others = underWay.compareAndExchange(null, mine);
        if (others != null) {
            return others;
        }
        try {
            readers.execute(() -> complete(mine));
        } catch (RuntimeException e) {
            // No reader has room, or all have gone home.
            underWay.set(null);
            mine.complete(latest());
        }
        return mine;
    }

    private void complete(CompletableFuture<AccessRecords> future) {
        try {
            publish(read());
        } catch (RuntimeException e) {
            LOG.warnf("Keys and quotas cannot be read, the last ones hold: %s", e.getMessage());
            postpone();
        } finally {
            underWay.set(null);
            future.complete(latest());
        }
    }

    private Reading read() {
        long ticket = tickets.incrementAndGet();
        long begun = nanoTime.getAsLong();
        return new Reading(ticket, begun, database.withHandle(AccessRecords::read));
    }

    private void publish(Reading reading) {
        latest.accumulateAndGet(
                reading, (old, young) -> young.ticket() > old.ticket() ? young : old);
    }

    private void postpone() {
        long pretended = nanoTime.getAsLong() - LIFETIME.toNanos() + SHORT_LIFETIME.toNanos();
        latest.updateAndGet(
                reading ->
                        new Reading(
                                reading.ticket(),
                                Math.max(reading.begunNanos(), pretended),
                                reading.records()));
    }
}
