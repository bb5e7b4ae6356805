/**
 * Tokens of an OpenID Connect issuer, read and checked here: signature, issuer, audience, time.
 *
 * <p>Called by whoever puts the service together; calls {@code access}.
 */
package dev.ortune.access.oidc;
