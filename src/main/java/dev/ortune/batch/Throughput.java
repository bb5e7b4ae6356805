package dev.ortune.batch;

import java.time.Duration;

/** Tokens per second of late, to tell callers when to come back. Not thread-safe. */
final class Throughput {

    private static final double NEWEST_SHARE = 0.1;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final int lanes;
    private double tokensPerSecond;

    Throughput(int lanes) {
        this.lanes = lanes;
    }

    /** A batch took so long on its lane. */
    void ran(int tokens, Duration time) {
        double now = tokens / Math.max(1e-6, time.toNanos() / 1e9) * lanes;
        tokensPerSecond =
                tokensPerSecond == 0
                        ? now
                        : tokensPerSecond * (1 - NEWEST_SHARE) + now * NEWEST_SHARE;
    }

    /** How long so many tokens take: a second as long as nothing is known, a minute at most. */
    Duration of(long tokens) {
        if (tokensPerSecond == 0) {
            return Duration.ofSeconds(1);
        }
        Duration wait = Duration.ofMillis((long) (tokens / tokensPerSecond * 1000));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
}
