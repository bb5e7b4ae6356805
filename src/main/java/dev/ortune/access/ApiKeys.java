package dev.ortune.access;

import java.util.List;
import java.util.Optional;

/** Keys as admins manage them: each tenant's own, or all for the service's operators. Thread-safe. */
public final class ApiKeys {

    private final ApiKeyStore store;
    private final RecentRecords records;
    private final Gatekeeper gatekeeper;

    public ApiKeys(ApiKeyStore store, RecentRecords records, Gatekeeper gatekeeper) {
        this.store = store;
        this.records = records;
        this.gatekeeper = gatekeeper;
    }

    /**
     * Creates a key, which is valid at once.
     *
     * @throws dev.ortune.error.DeniedException {@code FORBIDDEN} for another tenant's key
     * @throws dev.ortune.error.InvalidInputException {@code INVALID_REQUEST}
     */
    public CreatedApiKey create(Caller admin, NewApiKey wanted) {
        requireTenant(admin, wanted.tenant());
        boolean isUseful =
                wanted.scopes().contains(Scope.ADMIN)
                        && wanted.tenant().equals(Caller.DEFAULT_TENANT)
                        && wanted.expiresAt().isEmpty();
        if (!isUseful && gatekeeper.isOpenLocally()) {
            throw AccessFault.uselessFirstKey();
        }
        CreatedApiKey created = store.create(wanted);
        records.reread();
        return created;
    }

    /**
     * The keys that an admin manages.
     *
     * @param tenant whose keys; without it, all that they may see
     * @throws dev.ortune.error.DeniedException {@code FORBIDDEN} for another tenant's keys
     */
    public List<ApiKey> list(Caller admin, Optional<String> tenant) {
        tenant.ifPresent(name -> requireTenant(admin, Tenants.require(name)));
        return store.list(tenant.or(() -> scope(admin)));
    }

    /**
     * Revokes a key, at once in this process.
     *
     * @throws dev.ortune.error.InvalidInputException {@code KEY_NOT_FOUND}, also for another tenant's
     */
    public ApiKey revoke(Caller admin, String id) {
        ApiKey revoked = store.revoke(scope(admin), id);
        records.reread();
        return revoked;
    }

    private static Optional<String> scope(Caller admin) {
        return admin.isOperator() ? Optional.empty() : Optional.of(admin.tenant());
    }

    private static void requireTenant(Caller admin, String tenant) {
        if (!admin.isOperator() && !admin.tenant().equals(tenant)) {
            throw AccessFault.otherTenant();
        }
    }
}
