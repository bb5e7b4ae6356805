package dev.ortune.api.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InternalException;
import dev.ortune.error.OrtuneException;
import dev.ortune.error.UnavailableException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place that turns errors into problem documents; causes go to the log only. */
public final class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    Response ofOrtune(OrtuneException fault) {
        if (fault instanceof InternalException || fault instanceof UnavailableException) {
            LOG.error(fault.getMessage(), fault);
        }
        String detail =
                fault instanceof InternalException ? InternalProblem.DETAIL : fault.getMessage();
        return Problem.of(status(fault.code()), fault.code(), detail, fault.remedy()).response();
    }

    @ServerExceptionMapper
    Response ofJson(MismatchedInputException fault) {
        return JsonProblem.of(fault).response();
    }

    /** A body within its limits; only the first fault is told. */
    @ServerExceptionMapper
    Response ofConstraint(ConstraintViolationException fault) {
        ConstraintViolation<?> violation = fault.getConstraintViolations().iterator().next();
        String path = violation.getPropertyPath().toString();
        String field = RequestField.ofConstraintPath(path);
        return field.isEmpty()
                ? Problem.of(
                                Response.Status.BAD_REQUEST.getStatusCode(),
                                ErrorCode.INVALID_REQUEST,
                                "The request has no body.",
                                "Send a JSON object such as " + ApiExamples.ONE_TEXT + ".")
                        .response()
                : Problem.ofField(
                                field,
                                field + ": " + violation.getMessage() + ".",
                                "Correct the field " + field + " and send the request again.")
                        .response();
    }

    @ServerExceptionMapper
    Response ofHttp(WebApplicationException fault) {
        if (fault.getCause() instanceof JsonProcessingException json) {
            return JsonProblem.of(json).response();
        }
        Response.StatusType status = fault.getResponse().getStatusInfo();
        if (status.getFamily() == Response.Status.Family.SERVER_ERROR) {
            LOG.error(fault.getMessage(), fault);
        }
        return HttpProblem.of(status).response();
    }

    /** A body that breaks off or, without having announced its length, exceeds the limit. */
    @ServerExceptionMapper
    Response ofBody(IOException fault) {
        LOG.debug("A request body could not be read", fault);
        return HttpProblem.of(Response.Status.BAD_REQUEST).response();
    }

    @ServerExceptionMapper
    Response ofAny(Throwable fault) {
        LOG.error("An unexpected error", fault);
        return InternalProblem.problem().response();
    }

    private static int status(ErrorCode code) {
        return switch (code.kind()) {
            case INVALID_INPUT -> 400;
            case NOT_FOUND -> 404;
            case UNAVAILABLE -> 503;
            case INTERNAL -> 500;
        };
    }
}
