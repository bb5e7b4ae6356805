package dev.ortune.api.rest;

import dev.ortune.access.Caller;
import dev.ortune.error.InternalException;
import dev.ortune.repository.ModelName;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Who sent the request under way. For the request's own worker thread. */
@Singleton
public class HttpCaller {

    private static final String KEY = HttpCaller.class.getName();

    private final CurrentVertxRequest current;

    public HttpCaller(CurrentVertxRequest current) {
        this.current = current;
    }

    /** Whoever it is; nobody gets to a resource unknown. */
    public Caller get() {
        return Optional.ofNullable(current.getCurrent())
                .map(context -> context.<Caller>get(KEY))
                .orElseThrow(() -> new InternalException("Nobody asked who sends this request."));
    }

    /** Whose models they see. */
    public String tenant() {
        return get().tenant();
    }

    /**
     * The model that they call by a name.
     *
     * @throws dev.ortune.error.InvalidInputException {@code INVALID_REQUEST}
     */
    ModelName model(String name) {
        return new ModelName(tenant(), name);
    }

    /** Tells who it is, before the resource runs. */
    static void set(RoutingContext context, Caller caller) {
        context.put(KEY, caller);
    }
}
