package dev.ortune.access;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A key to be created.
 *
 * @param tenant as {@link Tenants} has it
 * @param name for people, 1 to 64 characters
 * @param scopes at least one
 * @param expiresAt never without it
 */
public record NewApiKey(
        String tenant, String name, Set<Scope> scopes, Optional<Instant> expiresAt) {

    private static final int LONGEST_NAME_CHARACTERS = 64;

    /**
     * Checks what a client may have got wrong.
     *
     * @throws InvalidInputException {@code INVALID_REQUEST}
     */
    public NewApiKey {
        scopes = Set.copyOf(scopes);
        Tenants.require(tenant);
        if (name.isBlank()
                || name.length() > LONGEST_NAME_CHARACTERS
                || name.chars().anyMatch(Character::isISOControl)) {
            throw invalid(
                    "name",
                    "A key's name has 1 to "
                            + LONGEST_NAME_CHARACTERS
                            + " characters, none of them a control character",
                    "Send a short name, such as the one of the program that will use the key.");
        }
        if (scopes.isEmpty()) {
            throw invalid("scopes", "A key needs a scope", "Send some of infer, train and admin.");
        }
    }

    /**
     * Requires that the key can be used at all.
     *
     * @throws InvalidInputException {@code INVALID_REQUEST}
     */
    void requireFuture(Instant now) {
        if (expiresAt.filter(end -> !end.isAfter(now)).isPresent()) {
            throw invalid("expires_at", "The time is over", "Send a time to come, or none.");
        }
    }

    private static InvalidInputException invalid(String field, String message, String remedy) {
        return InvalidInputException.ofField(ErrorCode.INVALID_REQUEST, field, message, remedy);
    }
}
