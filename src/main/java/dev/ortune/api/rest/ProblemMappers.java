package dev.ortune.api.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.ortune.database.Database;
import dev.ortune.error.OrtuneException;
import dev.ortune.error.UnavailableException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * The one place that turns errors into HTTP's, each protocol's in its own words; causes go to the
 * log only.
 */
public final class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    private final ErrorFormats formats;

    public ProblemMappers(ErrorFormats formats) {
        this.formats = formats;
    }

    @ServerExceptionMapper
    Response ofOrtune(OrtuneException fault, UriInfo uri) {
        HttpFault told = HttpFault.of(fault);
        Response.ResponseBuilder answer = Response.fromResponse(response(told.problem(), uri));
        told.headers().forEach(answer::header);
        return answer.build();
    }

    @ServerExceptionMapper
    Response ofJson(MismatchedInputException fault, UriInfo uri) {
        return response(JsonProblem.of(fault), uri);
    }

    @ServerExceptionMapper
    Response ofHttp(WebApplicationException fault, UriInfo uri, HttpHeaders headers) {
        if (fault.getCause() instanceof JsonProcessingException json) {
            return response(JsonProblem.of(json), uri);
        }
        Response.StatusType status = fault.getResponse().getStatusInfo();
        if (status.getFamily() == Response.Status.Family.SERVER_ERROR) {
            LOG.error(fault.getMessage(), fault);
        }
        return response(
                status.getStatusCode() == Response.Status.BAD_REQUEST.getStatusCode()
                        ? UnreadableRequest.ofBody(headers)
                        : HttpProblem.of(status),
                uri);
    }

    /** A body that breaks off or, without having announced its length, exceeds the limit. */
    @ServerExceptionMapper
    Response ofBody(IOException fault, UriInfo uri, HttpHeaders headers) {
        LOG.debug("A request body could not be read", fault);
        return response(
                fault instanceof UnannouncedBodies.ExcessException
                        ? HttpProblem.of(Response.Status.REQUEST_ENTITY_TOO_LARGE)
                        : UnreadableRequest.ofBody(headers),
                uri);
    }

    @ServerExceptionMapper
    Response ofAny(Throwable fault, UriInfo uri) {
        if (fault instanceof CompletionException wrapped
                && wrapped.getCause() instanceof OrtuneException known) {
            return ofOrtune(known, uri);
        }
        Optional<UnavailableException> withoutDatabase = Database.unavailable(fault);
        if (withoutDatabase.isPresent()) {
            return ofOrtune(withoutDatabase.get(), uri);
        }
        Optional<Problem> unreadable = UnreadableRequest.problem(fault);
        if (unreadable.isEmpty()) {
            LOG.error("An unexpected error", fault);
        }
        return response(unreadable.orElseGet(InternalProblem::problem), uri);
    }

    private Response response(Problem problem, UriInfo uri) {
        ErrorDocument document = formats.document(uri.getRequestUri().getPath(), problem);
        return Response.status(document.status())
                .type(document.mediaType())
                .entity(document.body())
                .build();
    }
}
