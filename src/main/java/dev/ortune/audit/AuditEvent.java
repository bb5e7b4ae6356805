package dev.ortune.audit;

import java.time.Instant;

/**
 * Somebody did something, or tried to. Holds no secrets and nothing of a request's body.
 *
 * @param tenant whose caller it was
 * @param caller the name of their key or user
 * @param action what was asked: {@code POST /v1/keys}'s method, or a method of gRPC
 * @param object of the action: a path, or a model's name
 * @param outcome the protocol's status: {@code 201}, {@code PERMISSION_DENIED}
 * @param address where the request came from
 */
public record AuditEvent(
        Instant at,
        String tenant,
        String caller,
        String action,
        String object,
        String outcome,
        String address) {

    /** The event on one line, for the log. */
    public String line() {
        return "tenant="
                + tenant
                + " caller=\""
                + caller
                + "\" action="
                + action
                + " object="
                + printable(object)
                + " outcome="
                + outcome
                + " address="
                + address;
    }

    private static String printable(String text) {
        return text.replaceAll("[^\\x21-\\x7e]", "?");
    }
}
