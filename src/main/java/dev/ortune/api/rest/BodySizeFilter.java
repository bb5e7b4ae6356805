package dev.ortune.api.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ortune.error.InternalException;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses a body that announces more than the limit with a problem document, before Quarkus refuses
 * it with an empty answer. Runs on the event loop and never waits.
 */
@Singleton
public final class BodySizeFilter {

    /** Before Quarkus's own check. */
    private static final int PRIORITY = 1000;

    private final long limit;
    private final ObjectMapper mapper;

    public BodySizeFilter(
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit,
            ObjectMapper mapper) {
        this.limit = limit.asLongValue();
        this.mapper = mapper;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void check(RoutingContext context) {
        if (announcedBytes(context) <= limit) {
            context.next();
            return;
        }
        Problem problem = HttpProblem.of(Response.Status.REQUEST_ENTITY_TOO_LARGE);
        context.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                // What remains of the body is not read: the connection is of no more use.
                .putHeader(HttpHeaders.CONNECTION, "close")
                .end(json(problem));
    }

    private static long announcedBytes(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            // Left to the server, which refuses it as malformed.
            return 0;
        }
    }

    private String json(Problem problem) {
        try {
            return mapper.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new InternalException("A problem document could not be written.", e);
        }
    }
}
