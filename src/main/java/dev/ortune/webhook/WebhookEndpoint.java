package dev.ortune.webhook;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Who hears of a tenant's events.
 *
 * @param id {@code we_} and random characters
 * @param eventTypes what it hears of; empty stands for everything
 * @param description its owner's own note; may be empty
 * @param disabledReason why nothing is sent to it any more, if so
 */
public record WebhookEndpoint(
        String id,
        String tenant,
        URI url,
        Set<WebhookEventType> eventTypes,
        String description,
        Instant createdAt,
        Optional<String> disabledReason) {

    public WebhookEndpoint {
        eventTypes = Set.copyOf(eventTypes);
    }
}
