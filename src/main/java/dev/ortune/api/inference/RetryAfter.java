package dev.ortune.api.inference;

import dev.ortune.error.RefusedException;
import java.time.Duration;
import java.util.Optional;

/** When to try again, as HTTP's Retry-After has it (RFC 9110, 10.2.3): whole seconds, at least 1. */
public final class RetryAfter {

    private RetryAfter() {}

    /** The value; empty for an error that waiting does not cure. */
    public static Optional<String> of(Throwable fault) {
        return fault instanceof RefusedException refused
                ? refused.retryAfter().map(RetryAfter::seconds)
                : Optional.empty();
    }

    private static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.plusMillis(999).toSeconds()));
    }
}
