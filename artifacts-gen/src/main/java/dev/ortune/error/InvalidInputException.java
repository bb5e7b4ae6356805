package dev.ortune.error;

/** The caller's input must change: a file, a row, an option, a request, a name that is not known. */
public final class InvalidInputException extends OrtuneException {

    public InvalidInputException(ErrorCode code, String message, String remedy) {
        this(code, message, remedy, null);
    }

    public InvalidInputException(ErrorCode code, String message, String remedy, Throwable cause) {
        super(code, message, remedy, cause);
        if (code.kind() != ErrorKind.INVALID_INPUT && code.kind() != ErrorKind.NOT_FOUND) {
            throw new IllegalArgumentException(code + " is not an input error");
        }
    }
}
