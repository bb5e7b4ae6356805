package dev.ortune.access;

import java.time.Duration;

/** A token per request; tokens drop in at a rate, and the bucket holds a second's worth. */
final class TokenBucket {

    private static final double NANOS_PER_SECOND = 1e9;

    private double tokens;
    private long filledNanos;

    /** A full one. */
    TokenBucket(double tokensPerSecond, long nowNanos) {
        this.tokens = capacity(tokensPerSecond);
        this.filledNanos = nowNanos;
    }

    /**
     * Takes a token.
     *
     * @return zero, or when the next token will be there
     */
    synchronized Duration take(double tokensPerSecond, long nowNanos) {
        double dropped = (nowNanos - filledNanos) / NANOS_PER_SECOND * tokensPerSecond;
        tokens = Math.min(capacity(tokensPerSecond), tokens + Math.max(0, dropped));
        filledNanos = nowNanos;
        if (tokens >= 1) {
            tokens--;
            return Duration.ZERO;
        }
        double seconds = (1 - tokens) / tokensPerSecond;
        return Duration.ofNanos(Math.max(1, (long) (seconds * NANOS_PER_SECOND)));
    }

    private static double capacity(double tokensPerSecond) {
        return Math.max(1, tokensPerSecond);
    }
}
