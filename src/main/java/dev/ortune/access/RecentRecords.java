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
 * Keys and quotas at hand, so that requests neither touch the database nor wait for it: whoever finds
 * them a few seconds old has them read anew, all at once, by one worker thread, and goes on. Only
 * {@link #LIFETIME} after they were read does anybody wait; so what another process changed holds here
 * after that time, and what this one changed, at once.
 *
 * <p>While the database is away the last records hold, and nobody waits. Thread-safe.
 */
public final class RecentRecords {

    /** How old records may be. */
    static final Duration LIFETIME = Duration.ofSeconds(10);

    /** How old they may be before they are read anew. */
    static final Duration REFRESH_AGE = Duration.ofSeconds(5);

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
    private volatile boolean isAway;
    private volatile long failedNanos;

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
        Reading reading = latest.get();
        CompletionStage<AccessRecords> known = CompletableFuture.completedFuture(reading.records());
        if (isYoungerThan(REFRESH_AGE, reading)) {
            return known;
        }
        CompletionStage<AccessRecords> next = readLater();
        return hasFailedWithin(LIFETIME) || isYoungerThan(LIFETIME, reading) ? known : next;
    }

    /** Records that are fresh, for whoever misses something in the recent ones. */
    CompletionStage<AccessRecords> fresh() {
        Reading reading = latest.get();
        return isYoungerThan(SHORT_LIFETIME, reading)
                ? CompletableFuture.completedFuture(reading.records())
                : readLater();
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

    private boolean isYoungerThan(Duration age, Reading reading) {
        return nanoTime.getAsLong() - reading.begunNanos() < age.toNanos();
    }

    private boolean hasFailedWithin(Duration age) {
        return isAway && nanoTime.getAsLong() - failedNanos < age.toNanos();
    }

    private CompletionStage<AccessRecords> readLater() {
        if (hasFailedWithin(SHORT_LIFETIME)) {
            return CompletableFuture.completedFuture(latest());
        }
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
            isAway = false;
        } catch (RuntimeException e) {
            if (!isAway) {
                LOG.warnf("Keys and quotas cannot be read; the last ones hold: %s", e.getMessage());
            }
            failedNanos = nanoTime.getAsLong();
            isAway = true;
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
}
