package dev.ortune.api.tuning;

import dev.ortune.access.Caller;
import dev.ortune.access.Scope;
import dev.ortune.api.grpc.GrpcCaller;
import dev.ortune.api.rest.HttpCaller;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.inject.spi.Prioritized;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** In tests, a header says whose a request is. */
public final class TestCallers {

    private TestCallers() {}

    private static Caller of(String tenant) {
        return new Caller(tenant, "somebody", Set.of(Scope.values()));
    }

    /** Over HTTP. */
    @Singleton
    public static final class OverHttp {

        private final HttpCaller caller;

        public OverHttp(HttpCaller caller) {
            this.caller = caller;
        }

        /** Looks at a request. */
        @ServerRequestFilter(priority = Priorities.USER)
        public void identify(ContainerRequestContext request) {
            Optional.ofNullable(request.getHeaderString(TuningClient.TENANT))
                    .map(TestCallers::of)
                    .ifPresent(caller::set);
        }
    }

    /** Over gRPC. */
    @GlobalInterceptor
    @Singleton
    public static final class OverGrpc implements ServerInterceptor, Prioritized {

        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            Optional<String> tenant =
                    Optional.ofNullable(headers.get(GrpcTuningClient.key(TuningClient.TENANT)));
            return tenant.isPresent()
                    ? Contexts.interceptCall(GrpcCaller.with(of(tenant.get())), call, headers, next)
                    : next.startCall(call, headers);
        }

        /** After whatever the service itself finds out. */
        @Override
        public int getPriority() {
            return Integer.MIN_VALUE;
        }
    }
}
