package dev.ortune.access;

import dev.ortune.error.DeniedException;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may do a thing.
 *
 * @param anyOf one of these scopes is enough; where there is none, no credential is needed
 * @param operatorOnly whether it concerns all tenants, so that it is for the tenant {@code default}
 */
public record AccessRule(Set<Scope> anyOf, boolean operatorOnly) {

    public AccessRule {
        anyOf = Set.copyOf(anyOf);
    }

    /** For everybody, known or not. */
    static AccessRule open() {
        return new AccessRule(Set.of(), false);
    }

    /** For everybody who is known. */
    static AccessRule known() {
        return new AccessRule(EnumSet.allOf(Scope.class), false);
    }

    /** For whoever has one of the scopes. */
    static AccessRule of(Scope... scopes) {
        return new AccessRule(Set.of(scopes), false);
    }

    /** For the admins of the whole service. */
    static AccessRule operator() {
        return new AccessRule(Set.of(Scope.ADMIN), true);
    }

    /** Whether nobody is asked who they are. */
    public boolean isOpen() {
        return anyOf.isEmpty();
    }

    /** Whether it is about changes, rather than answers, which {@code infer} would do for. */
    public boolean guardsChanges() {
        return !isOpen() && !anyOf.contains(Scope.INFER);
    }

    /**
     * Requires that somebody may.
     *
     * @throws DeniedException {@code FORBIDDEN}
     */
    public void require(Caller caller) {
        if (isOpen()) {
            return;
        }
        if (anyOf.stream().noneMatch(caller::may)) {
            throw DeniedException.forbidden(
                    "This needs the scope " + words() + "; " + caller.name() + " does not have it.",
                    "Use a key or a token that has the scope.");
        }
        if (operatorOnly && !caller.isOperator()) {
            throw DeniedException.forbidden(
                    "This concerns all tenants, and is for admins of the tenant "
                            + Caller.DEFAULT_TENANT
                            + ".",
                    "Ask one of them.");
        }
    }

    /** The scopes as people read them: {@code infer or train}. */
    public String words() {
        return anyOf.stream().sorted().map(Scope::word).collect(Collectors.joining(" or "));
    }
}
