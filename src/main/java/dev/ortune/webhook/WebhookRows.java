package dev.ortune.webhook;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Endpoints and deliveries as rows. */
final class WebhookRows {

    private static final String SEPARATOR = ",";

    private WebhookRows() {}

    /** A tenant's endpoint. */
    static Optional<WebhookEndpoint> find(Handle handle, String tenant, String id) {
        return handle.createQuery(
                        "select * from webhook_endpoint where id = :id and tenant = :tenant")
                .bind("id", id)
                .bind("tenant", tenant)
                .map((rs, context) -> endpoint(rs))
                .findOne();
    }

    /** A tenant's endpoints, oldest first. */
    static List<WebhookEndpoint> ofTenant(Handle handle, String tenant) {
        return handle.createQuery(
                        "select * from webhook_endpoint where tenant = :tenant order by sequence")
                .bind("tenant", tenant)
                .map((rs, context) -> endpoint(rs))
                .list();
    }

    static WebhookDelivery delivery(ResultSet rs) throws SQLException {
        WebhookDelivery.State state = WebhookDelivery.State.valueOf(rs.getString("state"));
        return new WebhookDelivery(
                rs.getString("id"),
                rs.getString("endpoint_id"),
                WebhookEventType.valueOf(rs.getString("event_type")),
                state,
                rs.getInt("attempts"),
                time(rs, "created_at").orElseThrow(),
                time(rs, "next_attempt_at").filter(at -> state == WebhookDelivery.State.PENDING),
                time(rs, "finished_at"),
                Optional.ofNullable(rs.getObject("last_status", Integer.class)),
                Optional.ofNullable(rs.getString("last_error")));
    }

    /** Types as a column has them. */
    static String join(Set<WebhookEventType> types) {
        return types.stream().map(Enum::name).sorted().collect(Collectors.joining(SEPARATOR));
    }

    /** A time as both databases take it. */
    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static Optional<Instant> time(ResultSet rs, String column) throws SQLException {
        return Optional.ofNullable(rs.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }

    private static WebhookEndpoint endpoint(ResultSet rs) throws SQLException {
        return new WebhookEndpoint(
                rs.getString("id"),
                rs.getString("tenant"),
                URI.create(rs.getString("url")),
                split(rs.getString("event_types")),
                rs.getString("description"),
                time(rs, "created_at").orElseThrow(),
                Optional.ofNullable(rs.getString("disabled_reason")));
    }

    private static Set<WebhookEventType> split(String column) {
        return Stream.of(column.split(SEPARATOR))
                .filter(name -> !name.isEmpty())
                .map(WebhookEventType::valueOf)
                .collect(Collectors.toSet());
    }
}
