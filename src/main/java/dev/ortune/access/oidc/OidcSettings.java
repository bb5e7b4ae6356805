package dev.ortune.access.oidc;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.net.URI;
import java.util.Optional;

/**
 * Whose tokens are taken, and what stands in them.
 *
 * @param issuer exactly as its tokens have it in {@code iss}; its configuration is at {@code
 *     /.well-known/openid-configuration} beneath it
 * @param audience what tokens must have in {@code aud}; any without it
 * @param tenantClaim the claim that names the tenant
 */
public record OidcSettings(String issuer, Optional<String> audience, String tenantClaim) {

    private static final String CONFIGURATION = "/.well-known/openid-configuration";

    /**
     * Checks the issuer.
     *
     * @throws InvalidInputException {@code INVALID_OPTION}
     */
    public OidcSettings {
        if (!issuer.startsWith("https://") && !issuer.startsWith("http://")) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "ortune.oidc.issuer (ORTUNE_OIDC_ISSUER) is \"" + issuer + "\", no address.",
                    "Set it to the issuer's address, as its tokens have it in iss.");
        }
    }

    /** Where the issuer says how it works. */
    URI configuration() {
        String root = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return URI.create(root + CONFIGURATION);
    }
}
