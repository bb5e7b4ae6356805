package dev.ortune.api.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Sends what a source has to one client, no more than the client takes.
 *
 * <p>Thread-safe: any thread may wake it; one worker thread at a time sends, so that neither the call
 * nor the source is used by two threads at once. While there is nothing to send it holds no thread.
 */
final class Sending<R> {

    private final ServerCall<?, R> call;
    private final Executor workers;

    /** Wakes since the last turn began; whoever makes it 1 starts the turns. */
    private final AtomicInteger wakes = new AtomicInteger();

    private volatile Optional<Supplier<MessageSource<R>>> opener = Optional.empty();
    private volatile boolean isGone;
    private Optional<MessageSource<R>> source = Optional.empty();
    private boolean isOver;

    Sending(ServerCall<?, R> call, Executor workers) {
        this.call = call;
        this.workers = workers;
    }

    /**
     * Begins.
     *
     * @param method opens the source, on a worker thread
     */
    void start(Supplier<MessageSource<R>> method) {
        opener = Optional.of(method);
        wake();
    }

    /** Something may have changed: the source has more, or the client takes more. */
    void wake() {
        if (wakes.getAndIncrement() == 0) {
            workers.execute(this::run);
        }
    }

    /** The client has gone. */
    void leave() {
        isGone = true;
        wake();
    }

    private void run() {
        int seen = 0;
        do {
            seen = wakes.get();
            if (!isOver) {
                turn();
            }
        } while (wakes.addAndGet(-seen) != 0);
    }

    private void turn() {
        try {
            if (isGone) {
                end();
            } else if (opener.isPresent()) {
                send(opened(opener.get()));
            }
        } catch (RuntimeException | StackOverflowError e) {
            GrpcErrors.Failure failure = GrpcErrors.of(e);
            end();
            call.close(failure.status(), failure.trailers());
        }
    }

    private MessageSource<R> opened(Supplier<MessageSource<R>> method) {
        if (source.isEmpty()) {
            source = Optional.of(method.get());
            call.sendHeaders(new Metadata());
        }
        return source.get();
    }

    private void send(MessageSource<R> from) {
        boolean hasMore = true;
        while (hasMore && call.isReady() && !isGone) {
            Optional<R> next = from.next();
            next.ifPresent(call::sendMessage);
            hasMore = next.isPresent();
        }
        if (from.isOver()) {
            end();
            call.close(Status.OK, new Metadata());
        }
    }

    private void end() {
        isOver = true;
        source.ifPresent(MessageSource::close);
    }
}
