package dev.ortune.api.rest.access;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ortune.audit.AuditEntry;
import dev.ortune.audit.AuditEvent;
import dev.ortune.audit.AuditPage;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A part of the audit log.
 *
 * @param entries oldest first
 * @param hasMore whether later ones follow
 */
@Schema(name = "AuditLog")
public record AuditResponse(List<Entry> entries, @JsonProperty("has_more") boolean hasMore) {

    static AuditResponse of(AuditPage page) {
        return new AuditResponse(page.entries().stream().map(Entry::of).toList(), page.hasMore());
    }

    /**
     * Who did what.
     *
     * @param number for {@code after}
     * @param tenant the caller's
     * @param action HTTP's method, or gRPC's
     * @param object a path, or a model's name
     * @param outcome HTTP's status, or gRPC's
     */
    @Schema(name = "AuditEntry")
    public record Entry(
            long number,
            Instant at,
            String tenant,
            String caller,
            String action,
            String object,
            String outcome,
            String address) {

        static Entry of(AuditEntry entry) {
            AuditEvent event = entry.event();
            return new Entry(
                    entry.number(),
                    event.at(),
                    event.tenant(),
                    event.caller(),
                    event.action(),
                    event.object(),
                    event.outcome(),
                    event.address());
        }
    }
}
