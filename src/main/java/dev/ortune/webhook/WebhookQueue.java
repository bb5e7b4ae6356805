package dev.ortune.webhook;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Hands out deliveries that are due: the endpoint that has waited longest first, of each endpoint the
 * delivery that is due longest, and never two of one endpoint at a time.
 *
 * <p>Thread-safe, also among processes on the same database: the endpoint's row is locked ({@code for
 * update skip locked}) and leased.
 */
final class WebhookQueue {

    private final Jdbi database;
    private final InstantSource clock;
    private final SenderSettings settings;

    WebhookQueue(Jdbi database, InstantSource clock, SenderSettings settings) {
        this.database = database;
        this.clock = clock;
        this.settings = settings;
    }

    /** An endpoint that may be sent to. */
    private record Free(String id, URI url, List<WebhookSecret> secrets) {}

    /**
     * Takes a delivery that is due.
     *
     * @return empty when nothing is
     */
    Optional<ClaimedDelivery> claim() {
        Instant now = clock.instant();
        return database.inTransaction(
                handle -> {
                    Optional<Free> free = free(handle, now);
                    while (free.isPresent()) {
                        Optional<ClaimedDelivery> due = due(handle, free.get(), now);
                        if (due.isPresent()) {
                            lease(handle, due.get());
                            return due;
                        }
                        // Another process has sent it since the endpoint was chosen.
                        free = free(handle, now);
                    }
                    return Optional.empty();
                });
    }

    /**
     * Writes down what came of a delivery and lets its endpoint go.
     *
     * @return whether the lease still held; otherwise nothing has changed and it is sent again
     */
    boolean finish(ClaimedDelivery delivery, Reply reply) {
        Instant now = clock.instant();
        return database.inTransaction(
                handle -> {
                    int held =
                            handle.createUpdate(
                                            "update webhook_endpoint set lease_token = null, free_at"
                                                    + " = :free where id = :id and lease_token ="
                                                    + " :token")
                                    .bind("free", WebhookRows.time(now.plus(rest(reply))))
                                    .bind("id", delivery.endpointId())
                                    .bind("token", delivery.token())
                                    .execute();
                    if (held == 0) {
                        return false;
                    }
                    record(handle, delivery, reply, now);
                    if (reply.isGone()) {
                        disable(handle, delivery.endpointId(), reply.error(), now);
                    }
                    return true;
                });
    }

    /** Forgets deliveries that were over long ago, and those whose endpoint was deleted. */
    void purge() {
        database.useTransaction(
                handle -> {
                    handle.createUpdate("delete from webhook_delivery where finished_at < :before")
                            .bind(
                                    "before",
                                    WebhookRows.time(clock.instant().minus(settings.retention())))
                            .execute();
                    handle.createUpdate(
                                    "delete from webhook_delivery d where not exists (select 1 from"
                                            + " webhook_endpoint e where e.id = d.endpoint_id)")
                            .execute();
                });
    }

    private static Optional<Free> free(Handle handle, Instant now) {
        return handle.createQuery(
                        "select * from webhook_endpoint e where e.disabled_reason is null and"
                                + " e.free_at <= :now and exists (select 1 from webhook_delivery d"
                                + " where d.endpoint_id = e.id and d.state = 'PENDING' and"
                                + " d.next_attempt_at <= :now) order by e.free_at, e.sequence limit 1"
                                + " for update skip locked")
                .bind("now", WebhookRows.time(now))
                .map(
                        (rs, context) ->
                                new Free(
                                        rs.getString("id"),
                                        URI.create(rs.getString("url")),
                                        secrets(rs, now)))
                .findOne();
    }

    private static List<WebhookSecret> secrets(ResultSet rs, Instant now) throws SQLException {
        List<WebhookSecret> secrets = new ArrayList<>();
        secrets.add(WebhookSecret.parse(rs.getString("secret")));
        if (WebhookRows.time(rs, "old_secret_until").filter(now::isBefore).isPresent()) {
            secrets.add(WebhookSecret.parse(rs.getString("old_secret")));
        }
        return secrets;
    }

    private Optional<ClaimedDelivery> due(Handle handle, Free free, Instant now) {
        return handle.createQuery(
                        "select * from webhook_delivery where endpoint_id = :id and state ="
                                + " 'PENDING' and next_attempt_at <= :now order by next_attempt_at,"
                                + " sequence limit 1")
                .bind("id", free.id())
                .bind("now", WebhookRows.time(now))
                .map(
                        (rs, context) ->
                                new ClaimedDelivery(
                                        rs.getString("id"),
                                        free.id(),
                                        free.url(),
                                        rs.getString("body"),
                                        rs.getInt("attempts"),
                                        free.secrets(),
                                        UUID.randomUUID().toString(),
                                        now.plus(settings.lease())))
                .findOne();
    }

    private static void lease(Handle handle, ClaimedDelivery delivery) {
        handle.createUpdate(
                        "update webhook_endpoint set lease_token = :token, free_at = :until where id"
                                + " = :id")
                .bind("token", delivery.token())
                .bind("until", WebhookRows.time(delivery.until()))
                .bind("id", delivery.endpointId())
                .execute();
    }

    private void record(Handle handle, ClaimedDelivery delivery, Reply reply, Instant now) {
        int attempts = delivery.attempts() + 1;
        Optional<Instant> next =
                reply.isSuccess()
                        ? Optional.empty()
                        : settings.schedule()
                                .after(attempts)
                                .map(delay -> now.plus(longer(delay, reply.retryAfter())));
        WebhookDelivery.State state = state(reply, next.isPresent());
        handle.createUpdate(
                        "update webhook_delivery set state = :state, attempts = :attempts,"
                                + " next_attempt_at = :next, finished_at = :finished, last_status ="
                                + " :status, last_error = :error where id = :id")
                .bind("state", state.name())
                .bind("attempts", attempts)
                .bind("next", WebhookRows.time(next.orElse(now)))
                .bind(
                        "finished",
                        Optional.of(WebhookRows.time(now))
                                .filter(at -> state != WebhookDelivery.State.PENDING))
                .bind("status", reply.answered())
                .bind("error", Optional.of(reply.error()).filter(text -> !reply.isSuccess()))
                .bind("id", delivery.id())
                .execute();
    }

    private static WebhookDelivery.State state(Reply reply, boolean goesOn) {
        if (reply.isSuccess()) {
            return WebhookDelivery.State.DELIVERED;
        }
        return goesOn ? WebhookDelivery.State.PENDING : WebhookDelivery.State.FAILED;
    }

    /** Sends nothing more to an endpoint, not even what waits for it. */
    private static void disable(Handle handle, String endpointId, String reason, Instant now) {
        handle.createUpdate("update webhook_endpoint set disabled_reason = :reason where id = :id")
                .bind("reason", reason)
                .bind("id", endpointId)
                .execute();
        handle.createUpdate(
                        "update webhook_delivery set state = 'FAILED', finished_at = :now, last_error"
                                + " = coalesce(last_error, :reason) where endpoint_id = :id and state"
                                + " = 'PENDING'")
                .bind("now", WebhookRows.time(now))
                .bind("reason", "The endpoint was disabled before. " + reason)
                .bind("id", endpointId)
                .execute();
    }

    private Duration rest(Reply reply) {
        if (reply.isSuccess()) {
            return Duration.ZERO;
        }
        Duration least = reply.asksForRest() ? settings.schedule().rest() : Duration.ZERO;
        return longer(least, reply.retryAfter());
    }

    private static Duration longer(Duration one, Optional<Duration> other) {
        return other.filter(it -> it.compareTo(one) > 0).orElse(one);
    }
}
