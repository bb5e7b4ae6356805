package dev.ortune.api.grpc;

import com.google.protobuf.MessageLite;
import dev.ortune.api.inference.Client;
import dev.ortune.error.RefusedException;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * Runs one method.
 *
 * <p>The event loop takes the message and hands it to a worker thread, which runs the method; the
 * answer is written by whichever thread completes it. A call is one message, one method and one
 * answer, so that the call itself is never used by two threads at once.
 */
final class UnaryHandler<Q extends MessageLite, R> implements ServerCallHandler<Received<Q>, R> {

    private final Executor workers;
    private final BiFunction<Q, Caller, CompletionStage<Reply<R>>> method;

    UnaryHandler(Executor workers, BiFunction<Q, Caller, CompletionStage<Reply<R>>> method) {
        this.workers = workers;
        this.method = method;
    }

    @Override
    public ServerCall.Listener<Received<Q>> startCall(
            ServerCall<Received<Q>, R> call, Metadata headers) {
        Client client = new Client();
        return new OneMessage<>(call) {
            @Override
            void take(Received<Q> received) {
                workers.execute(Context.current().wrap(() -> run(call, received, client)));
            }

            @Override
            public void onCancel() {
                client.leave();
            }
        };
    }

    private void run(ServerCall<Received<Q>, R> call, Received<Q> message, Client client) {
        CompletionStage<Reply<R>> reply;
        try {
            reply = method.apply(message.message(), new Caller(client, timeLeft()));
        } catch (RuntimeException | StackOverflowError e) {
            fail(call, e);
            return;
        }
        reply.whenComplete(
                (answer, fault) -> {
                    if (fault == null) {
                        answer(call, answer);
                    } else {
                        fail(call, fault);
                    }
                });
    }

    private void answer(ServerCall<Received<Q>, R> call, Reply<R> reply) {
        call.sendHeaders(new Metadata());
        call.sendMessage(reply.message());
        call.close(Status.OK, reply.trailers());
    }

    private void fail(ServerCall<Received<Q>, R> call, Throwable fault) {
        GrpcErrors.Failure failure = GrpcErrors.of(fault);
        call.close(failure.status(), failure.trailers());
    }

    private static Optional<Duration> timeLeft() {
        Deadline deadline = Context.current().getDeadline();
        if (deadline == null) {
            return Optional.empty();
        }
        Duration left = Duration.ofNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS));
        if (left.isNegative() || left.isZero()) {
            throw RefusedException.deadlineExceeded(Duration.ZERO);
        }
        return Optional.of(left);
    }
}
