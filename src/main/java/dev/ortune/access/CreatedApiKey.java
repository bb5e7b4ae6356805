package dev.ortune.access;

/**
 * A new key with its secret, which is told this once.
 *
 * @param secret what its holder sends
 */
public record CreatedApiKey(ApiKey key, ApiKeySecret secret) {}
