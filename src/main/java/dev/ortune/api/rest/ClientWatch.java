package dev.ortune.api.rest;

import dev.ortune.api.inference.Client;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Notices that a client has gone before its answer was written: its connection was closed or failed.
 *
 * <p>Every request gets its {@link Client} on its event loop, before any worker thread sees it, since
 * handlers of a response may be set by that thread only.
 */
@Singleton
public final class ClientWatch {

    private static final String KEY = ClientWatch.class.getName();
    private static final int PRIORITY = 900;

    void register(@Observes Filters filters) {
        filters.register(ClientWatch::watch, PRIORITY);
    }

    /** Who waits for this request's answer. Any thread may ask. */
    static Client of(RoutingContext context) {
        return context.get(KEY);
    }

    private static void watch(RoutingContext context) {
        Client client = new Client();
        context.put(KEY, client);
        context.addEndHandler(
                ended -> {
                    if (ended.failed()) {
                        client.leave();
                    }
                });
        context.next();
    }
}
