package dev.ortune.base;

/** Why the hub gave no model; the resolver turns it into an error or a fallback. */
final class HubException extends Exception {

    enum Kind {
        /** No connection, no answer, or the network must be left alone. */
        NO_ANSWER,
        /** The hub answered, yet the transfer failed for good. */
        FAILED,
        /** The hub wants a token, or another one. */
        DENIED,
        /** The hub knows no such model. */
        NOT_FOUND,
        /** The hub has the model, without a file that is needed. */
        INCOMPLETE
    }

    private final Kind kind;

    /** The message is a phrase without capital and full stop, on one line. */
    HubException(Kind kind, String message, Throwable cause) {
        super(message.replaceAll("\\s+", " "), cause);
        this.kind = kind;
    }

    HubException(Kind kind, String message) {
        this(kind, message, null);
    }

    Kind kind() {
        return kind;
    }
}
