package dev.ortune.api.rest;

import dev.ortune.drain.Drain;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Has clients leave with the next answer once the process has been told to end: a connection that is
 * kept would be cut with it. Runs on the event loop and never waits.
 */
@Singleton
public final class DrainedConnections {

    /** Before all others, which may answer themselves. */
    private static final int PRIORITY = 2000;

    private static final long NO_ERROR = 0;

    private final Drain drain;

    DrainedConnections(Drain drain) {
        this.drain = drain;
    }

    void register(@Observes Filters filters) {
        filters.register(this::leave, PRIORITY);
    }

    private void leave(RoutingContext context) {
        if (drain.hasBegun()) {
            HttpServerRequest request = context.request();
            if (request.version() == HttpVersion.HTTP_2) {
                // Whatever else the client has sent by the time it hears of this is answered. After
                // the answer, since there are clients (Java's own before 24) that then give up
                // those
                // that they still wait for.
                context.addEndHandler(
                        ended -> request.connection().goAway(NO_ERROR, Integer.MAX_VALUE));
            } else {
                // By the answer's end, so that what is sent before it began has it as well.
                context.addHeadersEndHandler(
                        ending ->
                                context.response()
                                        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE));
            }
        }
        context.next();
    }
}
