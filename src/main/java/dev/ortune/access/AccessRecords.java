package dev.ortune.access;

import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Keys and quotas as they stood in the database at one time.
 *
 * @param keys those that are not revoked, by the hashes of their secrets
 * @param hasHadKey whether there is a key or ever was one
 * @param quotas of the tenants that were given some
 */
record AccessRecords(Map<String, ApiKey> keys, boolean hasHadKey, Map<String, Quota> quotas) {

    AccessRecords {
        keys = Map.copyOf(keys);
        quotas = Map.copyOf(quotas);
    }

    static AccessRecords read(Handle handle) {
        return new AccessRecords(
                ApiKeyStore.byHash(handle),
                ApiKeyStore.hasAny(handle),
                QuotaStore.byTenant(handle));
    }

    Optional<ApiKey> key(ApiKeySecret secret) {
        return Optional.ofNullable(keys.get(secret.sha256()));
    }

    Quota quota(String tenant, Quota otherwise) {
        return quotas.getOrDefault(tenant, Quota.unlimited()).orElse(otherwise);
    }
}
