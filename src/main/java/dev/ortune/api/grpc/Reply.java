package dev.ortune.api.grpc;

import io.grpc.Metadata;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A response and its trailing metadata. */
record Reply<T>(T message, Metadata trailers) {

    /** One that is there already, with nothing trailing it. */
    static <T> CompletionStage<Reply<T>> now(T message) {
        return CompletableFuture.completedStage(new Reply<>(message, new Metadata()));
    }
}
