package dev.ortune.api.rest.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ortune.webhook.EndpointSecret;
import dev.ortune.webhook.WebhookEndpoint;
import dev.ortune.webhook.WebhookEventType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Who hears of jobs.
 *
 * @param object {@code webhook_endpoint}
 * @param createdAt seconds since 1970
 * @param events empty stands for all
 * @param disabledReason why nothing is sent to it any more, if so
 * @param secret shown when it is made, and never again
 */
@Schema(name = "WebhookEndpoint")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record WebhookResponse(
        String id,
        String object,
        @JsonProperty("created_at") long createdAt,
        String url,
        List<String> events,
        String description,
        boolean enabled,
        @JsonProperty("disabled_reason") @Schema(implementation = String.class)
                Optional<String> disabledReason,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) @Schema(implementation = String.class)
                Optional<String> secret) {

    static final String OBJECT = "webhook_endpoint";

    static WebhookResponse of(WebhookEndpoint endpoint) {
        return of(endpoint, Optional.empty());
    }

    static WebhookResponse of(EndpointSecret made) {
        return of(made.endpoint(), Optional.of(made.secret().reveal()));
    }

    private static WebhookResponse of(WebhookEndpoint endpoint, Optional<String> secret) {
        return new WebhookResponse(
                endpoint.id(),
                OBJECT,
                endpoint.createdAt().getEpochSecond(),
                endpoint.url().toString(),
                endpoint.eventTypes().stream().sorted().map(WebhookEventType::text).toList(),
                endpoint.description(),
                endpoint.disabledReason().isEmpty(),
                endpoint.disabledReason(),
                secret);
    }
}
