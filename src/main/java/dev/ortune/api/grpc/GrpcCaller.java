package dev.ortune.api.grpc;

import dev.ortune.access.Caller;
import io.grpc.Context;
import java.util.Optional;

/** Who makes the call under way; travels with gRPC's context. */
public final class GrpcCaller {

    private static final Context.Key<Caller> KEY = Context.key("ortune-caller");

    private GrpcCaller() {}

    /** Whoever it is. */
    public static Caller current() {
        return Optional.ofNullable(KEY.get()).orElseGet(Caller::local);
    }

    /** A context in which somebody calls. */
    public static Context with(Caller caller) {
        return Context.current().withValue(KEY, caller);
    }
}
