package dev.ortune.api.grpc;

import dev.ortune.access.Caller;
import dev.ortune.api.access.AuditRecorder;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** A call of which the audit log is told once it is answered. */
final class AuditedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {

    private final Caller caller;
    private final AuditRecorder audit;
    private final String address;
    private final AtomicReference<String> object = new AtomicReference<>("");
    private final AtomicBoolean isRecorded = new AtomicBoolean();

    AuditedCall(ServerCall<Q, R> call, Caller caller, AuditRecorder audit, String address) {
        super(call);
        this.caller = caller;
        this.audit = audit;
        this.address = address;
    }

    /** Sees in the message what the call is about, and whether its client goes. */
    ServerCall.Listener<Q> watching(ServerCall.Listener<Q> listener) {
        return new SimpleForwardingServerCallListener<>(listener) {
            @Override
            public void onMessage(Q message) {
                object.compareAndSet("", AuditSubject.of(message));
                super.onMessage(message);
            }

            @Override
            public void onCancel() {
                record(Status.CANCELLED);
                super.onCancel();
            }
        };
    }

    /** Sees what was made by a call that named nothing. */
    @Override
    public void sendMessage(R message) {
        object.compareAndSet("", AuditSubject.of(message));
        super.sendMessage(message);
    }

    @Override
    public void close(Status status, Metadata trailers) {
        super.close(status, trailers);
        record(status);
    }

    private void record(Status status) {
        if (isRecorded.compareAndSet(false, true)) {
            audit.record(
                    caller,
                    getMethodDescriptor().getFullMethodName(),
                    object.get(),
                    status.getCode().name(),
                    address);
        }
    }
}
