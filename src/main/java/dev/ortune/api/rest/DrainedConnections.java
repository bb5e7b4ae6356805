package dev.ortune.api.rest;

import dev.ortune.drain.Drain;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameWriter;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
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

    private static final int ANY_STREAM = Integer.MAX_VALUE;

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
                // After the answer, since there are clients (Java's own of JDK 17, Vert.x's of 4.5)
                // that then give up those that they still wait for.
                context.addEndHandler(ended -> sayGoAway(request.connection()));
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

    /**
     * Has the client open no more streams here, and answers all that it opens until it hears of that
     * (RFC 9113, section 6.8). Written past Vert.x, whose own GOAWAY has it pass over any later request.
     */
    private static void sayGoAway(HttpConnection connection) {
        ChannelHandlerContext context = ((ConnectionBase) connection).channelHandlerContext();
        Http2FrameWriter writer =
                ((Http2ConnectionHandler) context.handler()).encoder().frameWriter();
        context.executor()
                .execute(
                        () -> {
                            writer.writeGoAway(
                                    context,
                                    ANY_STREAM,
                                    Http2Error.NO_ERROR.code(),
                                    Unpooled.EMPTY_BUFFER,
                                    context.newPromise());
                            context.flush();
                        });
    }
}
