package dev.ortune.api.rest;

import io.quarkus.vertx.http.runtime.RouteConstants;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/**
 * Refuses a body that announces more than its address takes with a problem document, before Quarkus
 * refuses it with an empty answer. Of a body that announces nothing it tells Quarkus a limit beyond
 * ours, which {@link UnannouncedBodies} keeps. Runs on the event loop and never waits.
 */
@Singleton
public final class BodySizeFilter {

    /** Before Quarkus's own check. */
    private static final int BEFORE = 1000;

    /** After it, since it sets the limit for all addresses; a filter's order is its negative. */
    private static final int AFTER = -(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT + 1);

    /**
     * So that whoever reads the body, and answers with a document, sees its excess before: Quarkus counts
     * what has come, answers with nothing and closes the connection, over HTTP/2 with all that others
     * have sent over it. More than HTTP/2's window lets come unread.
     */
    private static final long SLACK_BYTES = 256 << 10;

    private final BodyLimits limits;
    private final EarlyErrors errors;

    public BodySizeFilter(BodyLimits limits, EarlyErrors errors) {
        this.limits = limits;
        this.errors = errors;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE);
        filters.register(this::limitUnannounced, AFTER);
    }

    private void check(RoutingContext context) {
        if (announcedBytes(context) <= limits.bytes(context.request())) {
            context.next();
            return;
        }
        Problem problem =
                limits.isUpload(context.request())
                        ? UploadProblem.tooLarge(
                                context.request().path(), limits.bytes(context.request()))
                        : HttpProblem.of(Response.Status.REQUEST_ENTITY_TOO_LARGE);
        UnreadBody.announce(context);
        errors.end(context, problem, Map.of());
    }

    private void limitUnannounced(RoutingContext context) {
        if (context.request().getHeader(HttpHeaders.CONTENT_LENGTH) == null) {
            context.put(
                    VertxHttpRecorder.MAX_REQUEST_SIZE_KEY,
                    limits.bytes(context.request()) + SLACK_BYTES);
        }
        context.next();
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
}
