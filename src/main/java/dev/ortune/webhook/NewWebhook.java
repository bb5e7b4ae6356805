package dev.ortune.webhook;

import java.util.Set;

/**
 * An endpoint to be created.
 *
 * @param tenant whose events it hears of
 * @param url http or https; checked by the store
 * @param eventTypes what it hears of; empty stands for everything
 * @param description its owner's own note; may be empty
 */
public record NewWebhook(
        String tenant, String url, Set<WebhookEventType> eventTypes, String description) {

    public NewWebhook {
        eventTypes = Set.copyOf(eventTypes);
    }
}
