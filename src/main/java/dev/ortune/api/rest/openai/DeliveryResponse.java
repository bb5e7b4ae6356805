package dev.ortune.api.rest.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ortune.webhook.WebhookDelivery;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One event on its way to one endpoint.
 *
 * @param id the header {@code webhook-id} of every attempt
 * @param object {@code webhook_endpoint.delivery}
 * @param type of the event
 * @param status {@code pending}, {@code delivered} or {@code failed}
 * @param createdAt seconds since 1970, as all times here
 * @param nextAttemptAt while it is pending
 * @param finishedAt once it is not
 * @param lastStatus what the endpoint answered last, if it did
 * @param lastError what was wrong with the last attempt, if something was
 */
@Schema(name = "WebhookDelivery")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record DeliveryResponse(
        String id,
        String object,
        @JsonProperty("webhook_endpoint_id") String endpointId,
        String type,
        String status,
        int attempts,
        @JsonProperty("created_at") long createdAt,
        @JsonProperty("next_attempt_at") @Schema(implementation = Long.class)
                Optional<Long> nextAttemptAt,
        @JsonProperty("finished_at") @Schema(implementation = Long.class) Optional<Long> finishedAt,
        @JsonProperty("last_status") @Schema(implementation = Integer.class)
                Optional<Integer> lastStatus,
        @JsonProperty("last_error") @Schema(implementation = String.class)
                Optional<String> lastError) {

    static DeliveryResponse of(WebhookDelivery delivery) {
        return new DeliveryResponse(
                delivery.id(),
                "webhook_endpoint.delivery",
                delivery.endpointId(),
                delivery.eventType().text(),
                delivery.state().name().toLowerCase(Locale.ROOT),
                delivery.attempts(),
                delivery.createdAt().getEpochSecond(),
                delivery.nextAttemptAt().map(Instant::getEpochSecond),
                delivery.finishedAt().map(Instant::getEpochSecond),
                delivery.lastStatus(),
                delivery.lastError());
    }
}
