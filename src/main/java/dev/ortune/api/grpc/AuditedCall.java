package dev.ortune.api.grpc;

import dev.ortune.access.Caller;
import dev.ortune.api.access.AuditRecorder;
import dev.ortune.api.grpc.proto.RepositoryModelLoadRequest;
import dev.ortune.api.grpc.proto.RepositoryModelUnloadRequest;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicReference;

/** A call of which the audit log is told once it is answered. */
final class AuditedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {

    private final Caller caller;
    private final AuditRecorder audit;
    private final String address;
    private final AtomicReference<String> object = new AtomicReference<>("");

    AuditedCall(ServerCall<Q, R> call, Caller caller, AuditRecorder audit, String address) {
        super(call);
        this.caller = caller;
        this.audit = audit;
        this.address = address;
    }

    /** Sees in the message what the call is about. */
    ServerCall.Listener<Q> watching(ServerCall.Listener<Q> listener) {
        return new SimpleForwardingServerCallListener<>(listener) {
            @Override
            public void onMessage(Q message) {
                object.set(about(message));
                super.onMessage(message);
            }
        };
    }

    @Override
    public void close(Status status, Metadata trailers) {
        super.close(status, trailers);
        audit.record(
                caller,
                getMethodDescriptor().getFullMethodName(),
                object.get(),
                status.getCode().name(),
                address);
    }

    private static String about(Object message) {
        Object content =
                message instanceof Received<?> received && received.received().isPresent()
                        ? received.received().get()
                        : message;
        if (content instanceof RepositoryModelLoadRequest load) {
            return load.getModelName();
        }
        return content instanceof RepositoryModelUnloadRequest unload ? unload.getModelName() : "";
    }
}
