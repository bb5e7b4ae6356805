package dev.ortune.error;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A valid request that gets no answer now: the queue is full, its time is over, its client gone. */
public final class RefusedException extends OrtuneException {

    private static final Set<ErrorKind> KINDS =
            EnumSet.of(ErrorKind.OVERLOADED, ErrorKind.TIMED_OUT, ErrorKind.CANCELLED);

    /** -1 where waiting does not help. */
    private final long retryAfterMillis;

    private RefusedException(
            ErrorCode code, String message, String remedy, Optional<Duration> retryAfter) {
        super(code, message, remedy, null);
        if (!KINDS.contains(code.kind())) {
            throw new IllegalArgumentException(code + " is not a refusal");
        }
        this.retryAfterMillis = retryAfter.map(Duration::toMillis).orElse(-1L);
    }

    /** The queue has no room; there should be some after a while. */
    public static RefusedException overloaded(String message, Duration retryAfter) {
        return new RefusedException(
                ErrorCode.OVERLOADED,
                message,
                "Try again after " + Math.max(1, retryAfter.toSeconds()) + " s, or send less.",
                Optional.of(retryAfter));
    }

    /** A tenant sends more requests than it may; the next one is taken after a while. */
    public static RefusedException rateLimited(String message, Duration retryAfter) {
        return new RefusedException(
                ErrorCode.RATE_LIMITED,
                message,
                "Try again after "
                        + Math.max(1, retryAfter.toSeconds())
                        + " s, or send less often.",
                Optional.of(retryAfter));
    }

    /** The request's time was over before its answer was there. */
    public static RefusedException deadlineExceeded(Duration allowed) {
        return new RefusedException(
                ErrorCode.DEADLINE_EXCEEDED,
                "There was no answer within " + allowed.toMillis() + " ms.",
                "Allow more time, or send fewer or shorter texts.",
                Optional.empty());
    }

    /** The client took what it asked for too slowly. */
    public static RefusedException tooSlow(String message, String remedy) {
        return new RefusedException(ErrorCode.OVERLOADED, message, remedy, Optional.empty());
    }

    /** The client has gone. */
    public static RefusedException cancelled() {
        return new RefusedException(
                ErrorCode.CANCELLED,
                "The request was cancelled.",
                "Send it again if the answer is wanted after all.",
                Optional.empty());
    }

    /** When to try again, if waiting helps. */
    public Optional<Duration> retryAfter() {
        return retryAfterMillis < 0
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(retryAfterMillis));
    }
}
