package dev.ortune.webhook;

import java.time.Instant;
import java.util.Optional;

/**
 * One event on its way to one endpoint.
 *
 * @param id {@code msg_} and random characters; the header {@code webhook-id} of every attempt
 * @param attempts made so far
 * @param nextAttemptAt while it is pending
 * @param finishedAt once it is not
 * @param lastStatus what the endpoint answered last, if it did
 * @param lastError what was wrong with the last attempt, if something was
 */
public record WebhookDelivery(
        String id,
        String endpointId,
        WebhookEventType eventType,
        State state,
        int attempts,
        Instant createdAt,
        Optional<Instant> nextAttemptAt,
        Optional<Instant> finishedAt,
        Optional<Integer> lastStatus,
        Optional<String> lastError) {

    /** How far it has come. */
    public enum State {
        /** To be sent, or sent again. */
        PENDING,
        /** The endpoint has it. */
        DELIVERED,
        /** Given up. */
        FAILED
    }
}
