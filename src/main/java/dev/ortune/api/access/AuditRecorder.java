package dev.ortune.api.access;

import dev.ortune.access.Caller;
import dev.ortune.audit.AuditEvent;
import dev.ortune.audit.AuditTrail;
import jakarta.inject.Singleton;
import java.time.Instant;

/** Tells the audit log of requests that change something, whatever their protocol. Never waits. */
@Singleton
public final class AuditRecorder {

    private final AuditTrail trail;

    public AuditRecorder(AuditTrail trail) {
        this.trail = trail;
    }

    /**
     * A request has ended.
     *
     * @param action HTTP's method, or gRPC's
     * @param object a path, or a model's name
     * @param outcome the protocol's status
     */
    public void record(
            Caller caller, String action, String object, String outcome, String address) {
        trail.record(
                new AuditEvent(
                        Instant.now(),
                        caller.tenant(),
                        caller.name(),
                        action,
                        object,
                        outcome,
                        address));
    }
}
