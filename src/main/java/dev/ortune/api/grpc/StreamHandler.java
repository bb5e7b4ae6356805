package dev.ortune.api.grpc;

import com.google.protobuf.MessageLite;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;

/**
 * Runs one method that answers one message with many.
 *
 * <p>The event loop takes the message; worker threads open what the method answers with and send it
 * ({@link Sending}).
 */
final class StreamHandler<Q extends MessageLite, R> implements ServerCallHandler<Received<Q>, R> {

    private final Executor workers;
    private final BiFunction<Q, Runnable, MessageSource<R>> method;

    /**
     * A handler.
     *
     * @param method is given what to call when its source has more, from any thread
     */
    StreamHandler(Executor workers, BiFunction<Q, Runnable, MessageSource<R>> method) {
        this.workers = workers;
        this.method = method;
    }

    @Override
    public ServerCall.Listener<Received<Q>> startCall(
            ServerCall<Received<Q>, R> call, Metadata headers) {
        Sending<R> sending = new Sending<>(call, Context.current().fixedContextExecutor(workers));
        return new OneMessage<>(call) {
            @Override
            void take(Received<Q> received) {
                sending.start(() -> method.apply(received.message(), sending::wake));
            }

            @Override
            public void onReady() {
                sending.wake();
            }

            @Override
            public void onCancel() {
                sending.leave();
            }
        };
    }
}
