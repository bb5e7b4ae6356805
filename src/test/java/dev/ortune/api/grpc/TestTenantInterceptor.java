package dev.ortune.api.grpc;

import dev.ortune.api.rest.TestTenantFilter;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Takes metadata's word for who calls, as {@link TestTenantFilter} takes a header's. */
@Singleton
@GlobalInterceptor
public final class TestTenantInterceptor implements ServerInterceptor {

    static final Metadata.Key<String> TENANT = GrpcErrors.key(TestTenantFilter.TENANT);

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        Context context =
                Optional.ofNullable(headers.get(TENANT))
                        .map(TestTenantFilter::of)
                        .map(caller -> GrpcCaller.with(Context.current(), caller))
                        .orElseGet(Context::current);
        return Contexts.interceptCall(context, call, headers, next);
    }
}
