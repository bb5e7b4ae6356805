package dev.ortune.api.grpc;

import dev.ortune.api.inference.RetryAfter;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.ErrorKind;
import dev.ortune.error.InternalException;
import dev.ortune.error.InvalidInputException;
import dev.ortune.error.OrtuneException;
import dev.ortune.error.UnavailableException;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/** The one place that turns errors into gRPC's; causes go to the log only. */
final class GrpcErrors {

    /** Trailing metadata: the stable {@link ErrorCode}. */
    static final Metadata.Key<String> CODE = key("ortune-code");

    /** Trailing metadata: the field of the request that is at fault, where one is. */
    static final Metadata.Key<String> FIELD = key("ortune-field");

    /** Trailing metadata: what to do about it. */
    static final Metadata.Key<String> REMEDY = key("ortune-remedy");

    /** Trailing metadata: when to try again, in whole seconds. */
    static final Metadata.Key<String> RETRY_AFTER = key("retry-after");

    private static final Logger LOG = Logger.getLogger(GrpcErrors.class);
    private static final int LONGEST = 1000;
    private static final String INTERNAL = "The service failed to answer; its log says why.";

    private GrpcErrors() {}

    /** A status and its trailing metadata. */
    record Failure(Status status, Metadata trailers) {}

    static Failure of(Throwable fault) {
        if (fault instanceof CompletionException && fault.getCause() != null) {
            return of(fault.getCause());
        }
        if (fault instanceof OrtuneException known) {
            return ofKnown(known);
        }
        LOG.error("An unexpected error", fault);
        return failure(ErrorCode.INTERNAL, INTERNAL);
    }

    private static Failure ofKnown(OrtuneException fault) {
        boolean isExpected =
                fault.code() == ErrorCode.MODEL_NOT_LOADED || fault.code() == ErrorCode.STOPPED;
        if (fault instanceof InternalException
                || (fault instanceof UnavailableException && !isExpected)) {
            LOG.error(fault.getMessage(), fault);
        }
        if (fault instanceof InternalException) {
            return failure(ErrorCode.INTERNAL, INTERNAL);
        }
        Failure failure = failure(fault.code(), fault.getMessage() + " " + fault.remedy());
        failure.trailers().put(REMEDY, AsciiText.encoded(shortened(fault.remedy())));
        if (fault instanceof InvalidInputException invalid) {
            invalid.field()
                    .ifPresent(field -> failure.trailers().put(FIELD, AsciiText.encoded(field)));
        }
        RetryAfter.of(fault).ifPresent(seconds -> failure.trailers().put(RETRY_AFTER, seconds));
        return failure;
    }

    private static Failure failure(ErrorCode code, String description) {
        Metadata trailers = new Metadata();
        trailers.put(CODE, code.name());
        return new Failure(status(code.kind()).withDescription(shortened(description)), trailers);
    }

    private static Status status(ErrorKind kind) {
        return switch (kind) {
            case INVALID_INPUT, TOO_LARGE -> Status.INVALID_ARGUMENT;
            case NOT_FOUND -> Status.NOT_FOUND;
            case CONFLICT -> Status.FAILED_PRECONDITION;
            case UNAUTHENTICATED -> Status.UNAUTHENTICATED;
            case FORBIDDEN -> Status.PERMISSION_DENIED;
            case OVERLOADED, OVER_QUOTA -> Status.RESOURCE_EXHAUSTED;
            case TIMED_OUT -> Status.DEADLINE_EXCEEDED;
            case CANCELLED -> Status.CANCELLED;
            case UNAVAILABLE -> Status.UNAVAILABLE;
            case INTERNAL -> Status.INTERNAL;
        };
    }

    /** Clients take a few kilobytes of metadata in all. */
    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
