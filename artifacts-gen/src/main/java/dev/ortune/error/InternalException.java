package dev.ortune.error;

/** A fault of the program itself; the message is safe to show, the cause is for the log. */
public final class InternalException extends OrtuneException {

    public InternalException(String message, Throwable cause) {
        super(
                ErrorCode.INTERNAL,
                message,
                "This is a bug in Ortune: please report it with the log.",
                cause);
    }

    public InternalException(String message) {
        this(message, null);
    }
}
