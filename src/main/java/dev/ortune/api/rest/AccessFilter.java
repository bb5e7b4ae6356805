package dev.ortune.api.rest;

import dev.ortune.access.AccessRule;
import dev.ortune.access.AccessTable;
import dev.ortune.access.Caller;
import dev.ortune.access.Gatekeeper;
import dev.ortune.access.OpenPaths;
import dev.ortune.access.RequestRates;
import dev.ortune.access.Visitor;
import dev.ortune.api.access.AuditRecorder;
import dev.ortune.error.OrtuneException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/**
 * Lets a request through to its resource once it is known who sends it, that they may, and that they do
 * not send too many. Runs on the event loop and never waits; nothing of the body is read before.
 */
@Singleton
public final class AccessFilter {

    /** After the answers to browsers that ask about cross-origin requests, before all that works. */
    private static final int PRIORITY = 250;

    private static final int CLIENT_GONE = 499;
    private static final Logger LOG = Logger.getLogger(AccessFilter.class);

    private final Gatekeeper gatekeeper;
    private final RequestRates rates;
    private final OpenPaths openPaths;
    private final AuditRecorder audit;
    private final EarlyErrors errors;

    public AccessFilter(
            Gatekeeper gatekeeper,
            RequestRates rates,
            OpenPaths openPaths,
            AuditRecorder audit,
            EarlyErrors errors) {
        this.gatekeeper = gatekeeper;
        this.rates = rates;
        this.openPaths = openPaths;
        this.audit = audit;
        this.errors = errors;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void check(RoutingContext context) {
        if (openPaths.cover(context.normalizedPath())) {
            context.next();
            return;
        }
        // Whoever is identified later has another current trace by then, or none.
        io.opentelemetry.context.Context trace = io.opentelemetry.context.Context.current();
        CompletionStage<Caller> stage = gatekeeper.identify(visitor(context.request()));
        CompletableFuture<Caller> identity = stage.toCompletableFuture();
        if (identity.isDone()) {
            decide(context, identity, trace);
        } else {
            Context loop = context.vertx().getOrCreateContext();
            stage.whenComplete(
                    (caller, fault) ->
                            loop.runOnContext(nothing -> decide(context, identity, trace)));
        }
    }

    private void decide(
            RoutingContext context,
            CompletableFuture<Caller> identity,
            io.opentelemetry.context.Context trace) {
        try {
            admit(context, identity.join(), trace);
        } catch (CompletionException e) {
            refuse(context, e.getCause());
            return;
        } catch (OrtuneException e) {
            refuse(context, e);
            return;
        }
        context.next();
    }

    private void admit(
            RoutingContext context, Caller caller, io.opentelemetry.context.Context trace) {
        String method = context.request().method().name();
        AccessRule rule = AccessTable.http(method, context.normalizedPath());
        HttpCaller.set(context, caller);
        if (AccessTable.isChange(method, rule)) {
            context.addEndHandler(
                    ended ->
                            inTrace(
                                    trace,
                                    context,
                                    () -> record(context, caller, ended.succeeded())));
        }
        rates.count(caller);
        rule.require(caller);
    }

    /**
     * In a context of its own: whoever answered is still leaving the request's, and takes the trace's id
     * out of it at any moment.
     */
    private static void inTrace(
            io.opentelemetry.context.Context trace, RoutingContext context, Runnable task) {
        VertxContext.createNewDuplicatedContext(context.vertx().getOrCreateContext())
                .runOnContext(nothing -> trace.wrap(task).run());
    }

    private void record(RoutingContext context, Caller caller, boolean isAnswered) {
        int status = isAnswered ? context.response().getStatusCode() : CLIENT_GONE;
        audit.record(
                caller,
                context.request().method().name(),
                context.normalizedPath(),
                Integer.toString(status),
                host(context.request().remoteAddress()));
    }

    private void refuse(RoutingContext context, Throwable fault) {
        if (context.request().getHeader(HttpHeaders.CONTENT_LENGTH) == null
                && context.request().getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            // Nobody knows how much is still to come.
            UnreadBody.announce(context);
        }
        if (fault instanceof OrtuneException known) {
            HttpFault told = HttpFault.of(known);
            errors.end(context, told.problem(), told.headers());
        } else {
            LOG.error("An unexpected error", fault);
            errors.end(context, InternalProblem.problem(), Map.of());
        }
    }

    private static Visitor visitor(HttpServerRequest request) {
        return new Visitor(
                Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION)),
                LocalRequest.is(request));
    }

    private static String host(SocketAddress address) {
        return Optional.ofNullable(address)
                .flatMap(known -> Optional.ofNullable(known.hostAddress()))
                .orElse("unknown");
    }
}
