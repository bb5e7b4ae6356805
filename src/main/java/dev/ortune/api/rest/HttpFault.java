package dev.ortune.api.rest;

import dev.ortune.api.inference.RetryAfter;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.ErrorKind;
import dev.ortune.error.InternalException;
import dev.ortune.error.InvalidInputException;
import dev.ortune.error.OrtuneException;
import dev.ortune.error.UnavailableException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * An error of ours as HTTP tells it.
 *
 * @param headers that go with it
 */
record HttpFault(Problem problem, Map<String, String> headers) {

    private static final Logger LOG = Logger.getLogger(HttpFault.class);

    HttpFault {
        headers = Map.copyOf(headers);
    }

    /** Tells an error; what is our fault or the machine's goes to the log as well. */
    static HttpFault of(OrtuneException fault) {
        boolean isUnloaded = fault.code() == ErrorCode.MODEL_NOT_LOADED;
        if (fault instanceof InternalException
                || (fault instanceof UnavailableException && !isUnloaded)) {
            LOG.error(fault.getMessage(), fault);
        }
        String detail =
                fault instanceof InternalException ? InternalProblem.DETAIL : fault.getMessage();
        Map<String, String> headers = new HashMap<>();
        RetryAfter.of(fault).ifPresent(value -> headers.put(HttpHeaders.RETRY_AFTER, value));
        if (fault.code().kind() == ErrorKind.UNAUTHENTICATED) {
            headers.put(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        Optional<String> field =
                fault instanceof InvalidInputException invalid ? invalid.field() : Optional.empty();
        return new HttpFault(
                Problem.of(status(fault.code()), fault.code(), detail, fault.remedy()).at(field),
                headers);
    }

    private static int status(ErrorCode code) {
        return switch (code.kind()) {
            case INVALID_INPUT -> 400;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN, OVER_QUOTA -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case TOO_LARGE -> 413;
            case OVERLOADED -> 429;
            case CANCELLED -> 499;
            case UNAVAILABLE -> 503;
            case TIMED_OUT -> 504;
            case INTERNAL -> 500;
        };
    }
}
