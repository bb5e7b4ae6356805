package dev.ortune.audit;

import java.util.List;

/**
 * Entries, oldest first.
 *
 * @param hasMore whether later ones follow
 */
public record AuditPage(List<AuditEntry> entries, boolean hasMore) {

    public AuditPage {
        entries = List.copyOf(entries);
    }
}
