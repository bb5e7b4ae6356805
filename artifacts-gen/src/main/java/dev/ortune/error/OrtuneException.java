package dev.ortune.error;

import java.util.Objects;

/**
 * Root of every error that Ortune raises on purpose.
 *
 * <p>The message says what is wrong and where (file, row, field, tensor); {@link #remedy()} says
 * what to try next. Neither ever holds a stack trace or a native address.
 */
public abstract sealed class OrtuneException extends RuntimeException
        permits InvalidInputException,
                DeniedException,
                UnavailableException,
                RefusedException,
                InternalException {

    private final ErrorCode code;
    private final String remedy;

    OrtuneException(ErrorCode code, String message, String remedy, Throwable cause) {
        super(Objects.requireNonNull(message, "message"), cause);
        this.code = Objects.requireNonNull(code, "code");
        this.remedy = Objects.requireNonNull(remedy, "remedy");
    }

    /** The stable code. */
    public final ErrorCode code() {
        return code;
    }

    /** One sentence that tells the user what to try next. */
    public final String remedy() {
        return remedy;
    }
}
