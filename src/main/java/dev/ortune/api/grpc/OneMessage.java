package dev.ortune.api.grpc;

import com.google.protobuf.MessageLite;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.Optional;

/** Hears a call that takes one message; refuses none and several. On the event loop. */
abstract class OneMessage<Q extends MessageLite> extends ServerCall.Listener<Received<Q>> {

    private final ServerCall<?, ?> call;
    private Optional<Received<Q>> message = Optional.empty();
    private boolean hasSeveral;

    OneMessage(ServerCall<?, ?> call) {
        this.call = call;
        // A second one would break the protocol; asking for two lets it be seen.
        call.request(2);
    }

    /** The message is there, and no other comes. */
    abstract void take(Received<Q> received);

    @Override
    public final void onMessage(Received<Q> received) {
        hasSeveral = message.isPresent();
        message = Optional.of(received);
    }

    @Override
    public final void onHalfClose() {
        if (message.isEmpty() || hasSeveral) {
            call.close(
                    Status.INVALID_ARGUMENT.withDescription("The method takes one message."),
                    new Metadata());
            return;
        }
        take(message.get());
    }
}
