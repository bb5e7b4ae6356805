package dev.ortune.api.inference;

import dev.ortune.serve.ClassificationCall;
import java.util.concurrent.CompletableFuture;

/**
 * Who waits for the answer to one request, and may go before it is there.
 *
 * <p>Thread-safe: the connection's thread says that the client has gone, the request's thread
 * attaches the work, in either order.
 */
public final class Client {

    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    /** Cancels the work that was attached or will be. */
    public void leave() {
        gone.complete(null);
    }

    /** Has a call cancelled once the client has gone. */
    public ClassificationCall attach(ClassificationCall call) {
        gone.thenRun(call::cancel);
        return call;
    }
}
