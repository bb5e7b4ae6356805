package dev.ortune.error;

/** A valid request from somebody who is not known, may not make it, or has used up a quota. */
public final class DeniedException extends OrtuneException {

    private DeniedException(ErrorCode code, String message, String remedy) {
        super(code, message, remedy, null);
    }

    /** Nobody that is known asks. */
    public static DeniedException unauthenticated(String message, String remedy) {
        return new DeniedException(ErrorCode.UNAUTHENTICATED, message, remedy);
    }

    /** Whoever asks may not. */
    public static DeniedException forbidden(String message, String remedy) {
        return new DeniedException(ErrorCode.FORBIDDEN, message, remedy);
    }

    /** It would be more than the tenant may have. */
    public static DeniedException quotaExceeded(String message, String remedy) {
        return new DeniedException(ErrorCode.QUOTA_EXCEEDED, message, remedy);
    }
}
