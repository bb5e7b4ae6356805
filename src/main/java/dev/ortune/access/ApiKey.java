package dev.ortune.access;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A key without its secret, which nobody keeps.
 *
 * @param id {@code key_...}
 * @param tenant whose files, jobs and models its holder sees
 * @param name for people
 * @param scopes what its holder may do
 * @param lastUsedAt to the minute
 */
public record ApiKey(
        String id,
        String tenant,
        String name,
        Set<Scope> scopes,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> lastUsedAt,
        Optional<Instant> revokedAt) {

    public ApiKey {
        scopes = Set.copyOf(scopes);
    }

    /** Whoever holds its secret. */
    public Caller holder() {
        return new Caller(tenant, name + " (" + id + ")", scopes);
    }

    /** Whether its time is over. */
    public boolean isExpired(Instant now) {
        return expiresAt.filter(end -> !end.isAfter(now)).isPresent();
    }
}
