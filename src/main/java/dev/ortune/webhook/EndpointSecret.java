package dev.ortune.webhook;

/**
 * An endpoint and its new secret, which is shown this once.
 *
 * @param secret prints itself only when asked to ({@link WebhookSecret#reveal})
 */
public record EndpointSecret(WebhookEndpoint endpoint, WebhookSecret secret) {}
