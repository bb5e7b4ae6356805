package dev.ortune.api.grpc;

import io.grpc.ServerCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps what happens to a call until it is known who listens. For the call's event loop.
 *
 * <p>Without a listener nobody asks for messages, so that what is kept is little.
 */
final class PatientListener<Q> extends ServerCall.Listener<Q> {

    private final List<Consumer<ServerCall.Listener<Q>>> kept = new ArrayList<>();
    private Optional<ServerCall.Listener<Q>> listener = Optional.empty();

    /** Hands over what was kept, and all that is to come. */
    void goOn(ServerCall.Listener<Q> found) {
        listener = Optional.of(found);
        kept.forEach(event -> event.accept(found));
        kept.clear();
    }

    @Override
    public void onMessage(Q message) {
        tell(known -> known.onMessage(message));
    }

    @Override
    public void onHalfClose() {
        tell(ServerCall.Listener::onHalfClose);
    }

    @Override
    public void onCancel() {
        tell(ServerCall.Listener::onCancel);
    }

    @Override
    public void onComplete() {
        tell(ServerCall.Listener::onComplete);
    }

    @Override
    public void onReady() {
        tell(ServerCall.Listener::onReady);
    }

    private void tell(Consumer<ServerCall.Listener<Q>> event) {
        listener.ifPresentOrElse(event, () -> kept.add(event));
    }
}
