package dev.ortune.error;

/** Something outside the program is missing or exhausted: disk, memory, network, native library. */
public final class UnavailableException extends OrtuneException {

    public UnavailableException(ErrorCode code, String message, String remedy) {
        this(code, message, remedy, null);
    }

    public UnavailableException(ErrorCode code, String message, String remedy, Throwable cause) {
        super(code, message, remedy, cause);
        if (code.kind() != ErrorKind.UNAVAILABLE) {
            throw new IllegalArgumentException(code + " is not an availability error");
        }
    }
}
