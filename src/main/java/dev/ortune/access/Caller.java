package dev.ortune.access;

import java.util.Set;

/**
 * Who asks.
 *
 * @param tenant whose files, jobs and models they see
 * @param name of the key or the user, for the audit log
 * @param scopes what they may do
 */
public record Caller(String tenant, String name, Set<Scope> scopes) {

    /** The tenant of whoever has no key, and of all that is older than tenants. */
    public static final String DEFAULT_TENANT = "default";

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /** Somebody on this machine, while there is no key. */
    public static Caller local() {
        return new Caller(DEFAULT_TENANT, "local", Set.of(Scope.values()));
    }

    /** Whether they may. */
    public boolean may(Scope scope) {
        return scopes.contains(scope);
    }

    /** Whether they manage the whole service, every tenant included. */
    public boolean isOperator() {
        return may(Scope.ADMIN) && tenant.equals(DEFAULT_TENANT);
    }
}
