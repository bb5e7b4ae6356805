package dev.ortune.api.grpc;

import dev.ortune.access.Caller;
import dev.ortune.error.InternalException;
import io.grpc.Context;
import java.util.Optional;

/** Who makes the call under way; travels with gRPC's context. */
public final class GrpcCaller {

    private static final Context.Key<Caller> KEY = Context.key("ortune-caller");

    private GrpcCaller() {}

    /** Whoever it is; nobody gets to a method unknown. */
    public static Caller current() {
        return Optional.ofNullable(KEY.get())
                .orElseThrow(() -> new InternalException("Nobody asked who makes this call."));
    }

    /** A context in which somebody calls. */
    public static Context with(Context context, Caller caller) {
        return context.withValue(KEY, caller);
    }
}
