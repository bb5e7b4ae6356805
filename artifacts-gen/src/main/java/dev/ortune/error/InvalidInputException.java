package dev.ortune.error;

import java.util.EnumSet;
import java.util.Set;

/** The caller's input must change: a file, a row, an option, a request, a name that is not known. */
public final class InvalidInputException extends OrtuneException {

    private static final Set<ErrorKind> KINDS =
            EnumSet.of(
                    ErrorKind.INVALID_INPUT,
                    ErrorKind.NOT_FOUND,
                    ErrorKind.CONFLICT,
                    ErrorKind.TOO_LARGE);

    public InvalidInputException(ErrorCode code, String message, String remedy) {
        this(code, message, remedy, null);
    }

    public InvalidInputException(ErrorCode code, String message, String remedy, Throwable cause) {
        super(code, message, remedy, cause);
        if (!KINDS.contains(code.kind())) {
            throw new IllegalArgumentException(code + " is not an input error");
        }
    }
}
