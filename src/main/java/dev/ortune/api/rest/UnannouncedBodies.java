package dev.ortune.api.rest;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;

/**
 * Refuses a body that did not announce its length as soon as more of it has been read than its address
 * takes. Runs on whichever thread reads; uploads are left to those that they are for.
 */
@Provider
public final class UnannouncedBodies implements ReaderInterceptor {

    /** There once there are settings; this class is there before. */
    private final Instance<BodyLimits> limits;

    private final CurrentVertxRequest requests;

    public UnannouncedBodies(Instance<BodyLimits> limits, CurrentVertxRequest requests) {
        this.limits = limits;
        this.requests = requests;
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext reading) throws IOException {
        RoutingContext context = requests.getCurrent();
        if (context.request().getHeader(HttpHeaders.CONTENT_LENGTH) == null
                && !limits.get().isUpload(context.request())) {
            reading.setInputStream(
                    new LimitedStream(
                            reading.getInputStream(),
                            limits.get().bytes(context.request()),
                            () -> refused(context)));
        }
        return reading.proceed();
    }

    private static ExcessException refused(RoutingContext context) {
        UnreadBody.announce(context);
        return new ExcessException();
    }

    /** An {@link IOException}, since whoever reads JSON takes any other for a fault of the JSON. */
    static final class ExcessException extends IOException {

        private static final long serialVersionUID = 1L;

        private ExcessException() {
            super("There is more of the body than may be sent.");
        }
    }
}
