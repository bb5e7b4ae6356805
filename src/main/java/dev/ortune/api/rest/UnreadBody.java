package dev.ortune.api.rest;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/** A body that is not read to its end, since its request is refused. */
final class UnreadBody {

    private UnreadBody() {}

    /**
     * Has the connection closed after the answer, as it is of no more use. One of HTTP/2 is: others'
     * requests go on over it, and no header may speak of it (RFC 9113, section 8.2.2).
     */
    static void announce(RoutingContext context) {
        if (context.request().version() != HttpVersion.HTTP_2) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }
}
