package dev.ortune.access;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;

/** The key that the configuration gives: all scopes, tenant {@code default}. */
public record AdminKey(ApiKeySecret secret) {

    private static final int FEWEST_CHARACTERS = 20;
    private static final Caller HOLDER =
            new Caller(Caller.DEFAULT_TENANT, "ORTUNE_ADMIN_KEY", Set.of(Scope.values()));

    /**
     * Takes a key from the configuration.
     *
     * @throws InvalidInputException {@code INVALID_OPTION} for one that is easy to guess
     */
    public static AdminKey of(String text) {
        if (text.length() < FEWEST_CHARACTERS || !text.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "ortune.admin-key (ORTUNE_ADMIN_KEY) is too short, or has characters that"
                            + " no header can have.",
                    "Set it to at least "
                            + FEWEST_CHARACTERS
                            + " random letters and digits, such as `openssl rand -hex 24` prints.");
        }
        return new AdminKey(new ApiKeySecret(text));
    }

    /** Whether somebody sent this key; takes the same time whatever they sent. */
    boolean is(ApiKeySecret sent) {
        return MessageDigest.isEqual(
                secret.sha256().getBytes(StandardCharsets.US_ASCII),
                sent.sha256().getBytes(StandardCharsets.US_ASCII));
    }

    /** Whoever holds it. */
    Caller holder() {
        return HOLDER;
    }
}
