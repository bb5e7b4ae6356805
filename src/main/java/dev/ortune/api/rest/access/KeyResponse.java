package dev.ortune.api.rest.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ortune.access.ApiKey;
import dev.ortune.access.CreatedApiKey;
import dev.ortune.access.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A key.
 *
 * @param secret what its holder sends; only where the key was just created
 */
@Schema(name = "Key")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record KeyResponse(
        String id,
        String tenant,
        String name,
        List<String> scopes,
        @JsonProperty("created_at") Instant createdAt,
        @JsonProperty("expires_at") @Schema(implementation = Instant.class)
                Optional<Instant> expiresAt,
        @JsonProperty("last_used_at") @Schema(implementation = Instant.class)
                Optional<Instant> lastUsedAt,
        @JsonProperty("revoked_at") @Schema(implementation = Instant.class)
                Optional<Instant> revokedAt,
        @Schema(implementation = String.class) Optional<String> secret) {

    static KeyResponse of(ApiKey key) {
        return of(key, Optional.empty());
    }

    static KeyResponse of(CreatedApiKey created) {
        return of(created.key(), Optional.of(created.secret().text()));
    }

    private static KeyResponse of(ApiKey key, Optional<String> secret) {
        return new KeyResponse(
                key.id(),
                key.tenant(),
                key.name(),
                key.scopes().stream().sorted().map(Scope::word).toList(),
                key.createdAt(),
                key.expiresAt(),
                key.lastUsedAt(),
                key.revokedAt(),
                secret);
    }
}
