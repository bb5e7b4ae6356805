package dev.ortune.api.grpc;

import com.google.protobuf.MessageLite;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Runs one method that answers many messages with one.
 *
 * <p>The event loop hands message after message to worker threads and asks for the next one only when
 * the last was taken, so that a client waits for the disk, and no thread for the client.
 */
final class CollectHandler<Q extends MessageLite, R> implements ServerCallHandler<Received<Q>, R> {

    private final Executor workers;
    private final Supplier<MessageSink<Q, R>> method;

    CollectHandler(Executor workers, Supplier<MessageSink<Q, R>> method) {
        this.workers = workers;
        this.method = method;
    }

    @Override
    public ServerCall.Listener<Received<Q>> startCall(
            ServerCall<Received<Q>, R> call, Metadata headers) {
        call.request(1);
        return new Collecting(call, Context.current().fixedContextExecutor(workers));
    }

    /** One call: the event loop queues its steps, workers take them in their order. */
    private final class Collecting extends ServerCall.Listener<Received<Q>> {

        private final ServerCall<?, R> call;
        private final Executor executor;
        private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

        /** From here on for the step under way. */
        private Optional<MessageSink<Q, R>> sink = Optional.empty();

        private boolean isOver;

        Collecting(ServerCall<?, R> call, Executor executor) {
            this.call = call;
            this.executor = executor;
        }

        @Override
        public void onMessage(Received<Q> received) {
            then(
                    () -> {
                        opened().take(received.message());
                        call.request(1);
                    });
        }

        @Override
        public void onHalfClose() {
            then(
                    () -> {
                        R answer = opened().answer();
                        end();
                        call.sendHeaders(new Metadata());
                        call.sendMessage(answer);
                        call.close(Status.OK, new Metadata());
                    });
        }

        @Override
        public void onCancel() {
            then(this::end);
        }

        private void then(Runnable step) {
            last = last.thenRunAsync(() -> run(step), executor);
        }

        private void run(Runnable step) {
            if (isOver) {
                return;
            }
            try {
                step.run();
            } catch (RuntimeException | StackOverflowError e) {
                GrpcErrors.Failure failure = GrpcErrors.of(e);
                end();
                call.close(failure.status(), failure.trailers());
            }
        }

        private MessageSink<Q, R> opened() {
            if (sink.isEmpty()) {
                sink = Optional.of(method.get());
            }
            return sink.get();
        }

        private void end() {
            isOver = true;
            sink.ifPresent(MessageSink::close);
        }
    }
}
