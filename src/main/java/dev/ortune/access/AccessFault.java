package dev.ortune.access;

import dev.ortune.error.DeniedException;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;

/** What can be wrong with a request's credential, or with a request about keys. */
final class AccessFault {

    private static final String SEND_A_KEY =
            "Send the header Authorization: Bearer <key> (over gRPC the metadata authorization). An admin"
                    + " creates keys with ./ortune keys create or POST /v1/keys.";

    private AccessFault() {}

    static DeniedException onlyLocal() {
        return DeniedException.unauthenticated(
                "There is no key yet: the service is open to programs on its own machine only, not to"
                        + " others, browser pages or proxies.",
                "On that machine, run ./ortune keys create --name NAME --scopes admin,train,infer, or"
                        + " start the service with ORTUNE_ADMIN_KEY; then send the header Authorization:"
                        + " Bearer <key>.");
    }

    static DeniedException noCredential() {
        return DeniedException.unauthenticated("The request has no key.", SEND_A_KEY);
    }

    static DeniedException otherScheme() {
        return DeniedException.unauthenticated(
                "The request's authorization is of another kind than Bearer.", SEND_A_KEY);
    }

    static DeniedException unknownKey() {
        return DeniedException.unauthenticated(
                "The request's key is not known, or was revoked.", SEND_A_KEY);
    }

    static DeniedException expired(ApiKey key) {
        return DeniedException.unauthenticated(
                "The key " + key.id() + " has expired.", "Have an admin create another one.");
    }

    static DeniedException otherTenant() {
        return DeniedException.forbidden(
                "Only admins of the tenant "
                        + Caller.DEFAULT_TENANT
                        + " manage the keys of other tenants.",
                "Leave tenant out, or ask one of them.");
    }

    static InvalidInputException uselessFirstKey() {
        return new InvalidInputException(
                ErrorCode.INVALID_REQUEST,
                "The first key must have the scope admin, the tenant "
                        + Caller.DEFAULT_TENANT
                        + " and no end: once it exists, nobody else can create another one.",
                "Create such a key first, and this one with it.");
    }

    static InvalidInputException noKey(String id) {
        return new InvalidInputException(
                ErrorCode.KEY_NOT_FOUND,
                "There is no key " + id + ".",
                "Check the id; GET /v1/keys lists the keys.");
    }
}
