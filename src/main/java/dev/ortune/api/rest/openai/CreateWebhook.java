package dev.ortune.api.rest.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.api.rest.JsonFields;
import dev.ortune.webhook.NewWebhook;
import dev.ortune.webhook.WebhookEventType;
import java.util.Set;
import java.util.stream.Collectors;

/** The body of an endpoint's creation. */
final class CreateWebhook {

    private static final Set<String> KNOWN = Set.of("url", "events", "description");

    private CreateWebhook() {}

    /** Reads a body; unknown fields are refused by name. */
    static NewWebhook parse(String tenant, JsonNode body) {
        JsonFields fields = new JsonFields("", body).requireOnly(KNOWN);
        return new NewWebhook(
                tenant,
                fields.text("url"),
                fields.texts("events").stream()
                        .map(WebhookEventType::of)
                        .collect(Collectors.toSet()),
                fields.optionalText("description").orElse(""));
    }
}
