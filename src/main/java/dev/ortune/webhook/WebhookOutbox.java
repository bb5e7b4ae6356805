package dev.ortune.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Takes events in, within the transactions that they tell of: an event is sent if and only if its
 * transaction is committed. Thread-safe.
 */
public final class WebhookOutbox {

    private final InstantSource clock;
    private final RandomIds ids = new RandomIds();

    public WebhookOutbox(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Adds an event for every endpoint of the tenant that hears of it; a {@link WebhookSender} sends it
     * after the commit.
     *
     * @param handle within a transaction
     */
    public void add(Handle handle, String tenant, WebhookEventType type, String jobId) {
        List<String> listeners =
                WebhookRows.ofTenant(handle, tenant).stream()
                        .filter(endpoint -> endpoint.disabledReason().isEmpty())
                        .filter(endpoint -> hears(endpoint, type))
                        .map(WebhookEndpoint::id)
                        .toList();
        if (listeners.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        String body = body(type, jobId, now);
        PreparedBatch batch =
                handle.prepareBatch(
                        "insert into webhook_delivery (id, endpoint_id, event_type, body, state,"
                                + " attempts, created_at, next_attempt_at) values (:id, :endpoint,"
                                + " :type, :body, 'PENDING', 0, :now, :now)");
        for (String endpoint : listeners) {
            batch.bind("id", ids.next("msg_"))
                    .bind("endpoint", endpoint)
                    .bind("type", type.name())
                    .bind("body", body)
                    .bind("now", WebhookRows.time(now))
                    .add();
        }
        batch.execute();
    }

    private static boolean hears(WebhookEndpoint endpoint, WebhookEventType type) {
        return endpoint.eventTypes().isEmpty() || endpoint.eventTypes().contains(type);
    }

    /** As OpenAI's webhook events are. */
    private String body(WebhookEventType type, String jobId, Instant now) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("id", ids.next("evt_"));
        event.put("object", "event");
        event.put("created_at", now.getEpochSecond());
        event.put("type", type.text());
        event.putObject("data").put("id", jobId);
        return event.toString();
    }
}
