package dev.ortune.access;

import dev.ortune.error.RefusedException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Counts each tenant's requests, in this process. A tenant may send a second's worth of them at once.
 * Thread-safe, never waits.
 */
public final class RequestRates {

    private final Quotas quotas;
    private final LongSupplier nanoTime;
    private final Map<String, TokenBucket> buckets = new ConcurrentHashMap<>();

    /**
     * No requests so far.
     *
     * @param nanoTime as {@link System#nanoTime()}
     */
    public RequestRates(Quotas quotas, LongSupplier nanoTime) {
        this.quotas = quotas;
        this.nanoTime = nanoTime;
    }

    /**
     * Counts a request.
     *
     * @throws RefusedException {@code RATE_LIMITED}
     */
    public void count(Caller caller) {
        quotas.of(caller.tenant())
                .requestsPerSecond()
                .ifPresent(rate -> count(caller.tenant(), rate));
    }

    private void count(String tenant, double rate) {
        long now = nanoTime.getAsLong();
        Duration wait =
                buckets.computeIfAbsent(tenant, name -> new TokenBucket(rate, now)).take(rate, now);
        if (!wait.isZero()) {
            throw RefusedException.rateLimited(
                    "The tenant sends more than " + rate + " requests per second.", wait);
        }
    }
}
