package dev.ortune.error;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The caller's input must change: a file, a row, an option, a request, a name that is not known. */
public final class InvalidInputException extends OrtuneException {

    private static final Set<ErrorKind> KINDS =
            EnumSet.of(
                    ErrorKind.INVALID_INPUT,
                    ErrorKind.NOT_FOUND,
                    ErrorKind.CONFLICT,
                    ErrorKind.TOO_LARGE);

    /** Empty where no field is at fault. */
    private final String field;

    public InvalidInputException(ErrorCode code, String message, String remedy) {
        this(code, message, remedy, null);
    }

    public InvalidInputException(ErrorCode code, String message, String remedy, Throwable cause) {
        this(code, "", message, remedy, cause);
    }

    private InvalidInputException(
            ErrorCode code, String field, String message, String remedy, Throwable cause) {
        super(code, message, remedy, cause);
        this.field = field;
        if (!KINDS.contains(code.kind())) {
            throw new IllegalArgumentException(code + " is not an input error");
        }
    }

    /**
     * A field of a request is at fault: {@code INVALID_REQUEST}.
     *
     * @param field as in {@code texts[3]}; the message begins with it
     * @param message what is wrong with it, a sentence without its full stop
     */
    public static InvalidInputException ofField(String field, String message) {
        return ofField(
                ErrorCode.INVALID_REQUEST,
                field,
                message,
                "Correct " + field + " and send the request again.");
    }

    /** As {@link #ofField(String, String)}, with a code and a remedy of its own. */
    public static InvalidInputException ofField(
            ErrorCode code, String field, String message, String remedy) {
        return new InvalidInputException(code, field, field + ": " + message + ".", remedy, null);
    }

    /** The field of a request that is at fault, if one is. */
    public Optional<String> field() {
        return Optional.of(field).filter(name -> !name.isEmpty());
    }
}
