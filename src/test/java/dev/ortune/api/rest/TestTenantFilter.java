package dev.ortune.api.rest;

import dev.ortune.access.Caller;
import dev.ortune.access.Scope;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Takes a header's word for who asks, in the tests' JVM only; without it they are who they are. */
@Singleton
public final class TestTenantFilter {

    /** The request header, which is gRPC metadata too. */
    public static final String TENANT = "ortune-test-tenant";

    private final CurrentVertxRequest current;

    TestTenantFilter(CurrentVertxRequest current) {
        this.current = current;
    }

    /** Somebody who may do anything, as one of a tenant. */
    public static Caller of(String tenant) {
        return new Caller(tenant, "a test", Set.of(Scope.values()));
    }

    @ServerRequestFilter(priority = Priorities.USER)
    void tell(ContainerRequestContext request) {
        Optional.ofNullable(request.getHeaderString(TENANT))
                .map(TestTenantFilter::of)
                .ifPresent(caller -> HttpCaller.set(current.getCurrent(), caller));
    }
}
