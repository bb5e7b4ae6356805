package dev.ortune.api.grpc;

import dev.ortune.access.AccessRule;
import dev.ortune.access.AccessTable;
import dev.ortune.access.Caller;
import dev.ortune.access.Gatekeeper;
import dev.ortune.access.RequestRates;
import dev.ortune.access.Visitor;
import dev.ortune.api.access.AuditRecorder;
import dev.ortune.error.OrtuneException;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.quarkus.grpc.GlobalInterceptor;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.spi.Prioritized;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Lets a call through to its method once it is known who makes it, that they may, and that they do not
 * make too many. Runs on the event loop and never waits.
 */
@GlobalInterceptor
@Singleton
public final class AccessInterceptor implements ServerInterceptor, Prioritized {

    /** Before interceptors without one, after those of Quarkus that prepare the call's thread. */
    private static final int PRIORITY = 1000;

    private static final Metadata.Key<String> AUTHORIZATION = GrpcErrors.key("authorization");

    private final Gatekeeper gatekeeper;
    private final RequestRates rates;
    private final AuditRecorder audit;

    AccessInterceptor(Gatekeeper gatekeeper, RequestRates rates, AuditRecorder audit) {
        this.gatekeeper = gatekeeper;
        this.rates = rates;
        this.audit = audit;
    }

    @Override
    public int getPriority() {
        return PRIORITY;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        AccessRule rule = AccessTable.grpc(call.getMethodDescriptor().getFullMethodName());
        if (rule.isOpen()) {
            return next.startCall(call, headers);
        }
        CompletionStage<Caller> stage = gatekeeper.identify(visitor(call, headers));
        CompletableFuture<Caller> identity = stage.toCompletableFuture();
        Context context = Context.current();
        if (identity.isDone()) {
            return decide(call, headers, next, rule, context, identity);
        }
        PatientListener<Q> patient = new PatientListener<>();
        Executor loop = eventLoop();
        stage.whenComplete(
                (caller, fault) ->
                        loop.execute(
                                () ->
                                        patient.goOn(
                                                decide(
                                                        call, headers, next, rule, context,
                                                        identity))));
        return patient;
    }

    private <Q, R> ServerCall.Listener<Q> decide(
            ServerCall<Q, R> call,
            Metadata headers,
            ServerCallHandler<Q, R> next,
            AccessRule rule,
            Context context,
            CompletableFuture<Caller> identity) {
        Caller caller;
        try {
            caller = identity.join();
        } catch (CompletionException e) {
            return refuse(call, e);
        }
        AuditedCall<Q, R> audited = new AuditedCall<>(call, caller, audit, address(call));
        boolean isChange =
                AccessTable.isGrpcChange(call.getMethodDescriptor().getFullMethodName(), rule);
        ServerCall<Q, R> effective = isChange ? audited : call;
        try {
            rates.count(caller);
            rule.require(caller);
        } catch (OrtuneException e) {
            return refuse(effective, e);
        }
        ServerCall.Listener<Q> listener =
                Contexts.interceptCall(GrpcCaller.with(context, caller), effective, headers, next);
        return isChange ? audited.watching(listener) : listener;
    }

    /** The call's own, on which alone it may be used. */
    private static Executor eventLoop() {
        io.vertx.core.Context loop = Vertx.currentContext();
        return command -> loop.runOnContext(nothing -> command.run());
    }

    private static <Q, R> ServerCall.Listener<Q> refuse(ServerCall<Q, R> call, Throwable fault) {
        GrpcErrors.Failure failure = GrpcErrors.of(fault);
        call.close(failure.status(), failure.trailers());
        return new ServerCall.Listener<>() {};
    }

    private static Visitor visitor(ServerCall<?, ?> call, Metadata headers) {
        return new Visitor(
                Optional.ofNullable(headers.get(AUTHORIZATION)),
                peer(call).filter(peer -> peer.getAddress().isLoopbackAddress()).isPresent());
    }

    private static String address(ServerCall<?, ?> call) {
        return peer(call).map(peer -> peer.getAddress().getHostAddress()).orElse("unknown");
    }

    private static Optional<InetSocketAddress> peer(ServerCall<?, ?> call) {
        SocketAddress address = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        return address instanceof InetSocketAddress internet && internet.getAddress() != null
                ? Optional.of(internet)
                : Optional.empty();
    }
}
