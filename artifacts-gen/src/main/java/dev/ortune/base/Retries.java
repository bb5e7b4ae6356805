package dev.ortune.base;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** Tries again, after pauses that double, what failed for a reason that may pass. */
final class Retries {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** One try; an {@link IOException} may be retried, a {@link HubException} is final. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws IOException, InterruptedException, HubException;
    }

    private final HubSettings settings;

    Retries(HubSettings settings) {
        this.settings = settings;
    }

    /** The first request of all: a hub that does not answer at once is taken for unreachable. */
    <T> T firstContact(Attempt<T> attempt) throws HubException {
        return repeat(
                () -> {
                    try {
                        return attempt.run();
                    } catch (ConnectException | HttpTimeoutException | SSLException e) {
                        throw new HubException(
                                HubException.Kind.NO_ANSWER,
                                "could not connect to " + settings.endpoint() + ": " + reason(e),
                                e);
                    }
                });
    }

    /** Retries every {@link IOException} as often as the settings allow. */
    <T> T repeat(Attempt<T> attempt) throws HubException {
        Duration pause = settings.firstRetryDelay();
        int failures = 0;
        while (true) {
            try {
                try {
                    return attempt.run();
                } catch (IOException e) {
                    failures++;
                    if (failures > settings.retries()) {
                        throw new HubException(
                                HubException.Kind.FAILED,
                                "%s (tried %d times)".formatted(reason(e), failures),
                                e);
                    }
                    Thread.sleep(shorter(longer(pause, asked(e)), LONGEST_PAUSE).toMillis());
                    pause = pause.multipliedBy(2);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new HubException(HubException.Kind.FAILED, "the download was interrupted", e);
            }
        }
    }

    private String reason(IOException e) {
        if (e instanceof HttpTimeoutException) {
            Duration limit =
                    e instanceof HttpConnectTimeoutException
                            ? settings.connectTimeout()
                            : settings.readTimeout();
            return "no answer within " + limit.toMillis() / 1000.0 + " s";
        }
        if (isCausedByUnknownHost(e)) {
            return "unknown host";
        }
        if (e.getMessage() != null) {
            return e.getMessage();
        }
        return e instanceof ConnectException ? "connection refused" : e.getClass().getSimpleName();
    }

    private static boolean isCausedByUnknownHost(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }

    private static Duration asked(IOException e) {
        return e instanceof BusyException busy
                ? busy.retryAfter().orElse(Duration.ZERO)
                : Duration.ZERO;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
