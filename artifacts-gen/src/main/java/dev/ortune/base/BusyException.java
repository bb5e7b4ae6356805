package dev.ortune.base;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The server asks to come back later (HTTP 429 or 5xx). */
final class BusyException extends IOException {

    private final transient Optional<Duration> retryAfter;

    BusyException(String message, Optional<Duration> retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    /** The pause that the server asked for. */
    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
