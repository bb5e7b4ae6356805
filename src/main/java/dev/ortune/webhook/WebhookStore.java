package dev.ortune.webhook;

import java.net.URI;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Endpoints as their owners see them. A tenant's requests never find another one's endpoints. Secrets are
 * shown when they are made and never again.
 *
 * <p>Thread-safe, also among processes on the same database.
 */
public final class WebhookStore {

    /** How long the secret before the current one signs as well. */
    static final Duration ROTATION = Duration.ofHours(24);

    static final int MOST_ENDPOINTS_PER_TENANT = 50;
    private static final int LONGEST_DESCRIPTION_CHARACTERS = 512;

    private final Jdbi database;
    private final InstantSource clock;
    private final TargetPolicy targets;
    private final SecureRandom random = new SecureRandom();
    private final RandomIds ids = new RandomIds();

    public WebhookStore(Jdbi database, InstantSource clock, TargetPolicy targets) {
        this.database = database;
        this.clock = clock;
        this.targets = targets;
    }

    /**
     * Creates an endpoint. Its host is looked up where only some may be sent to; one that is not there
     * yet is fine.
     *
     * @throws dev.ortune.error.InvalidInputException {@code INVALID_REQUEST}, {@code WEBHOOK_LIMIT}
     */
    public EndpointSecret create(NewWebhook wanted) {
        URI url = WebhookUrl.parse(wanted.url());
        refusal(url)
                .ifPresent(
                        wrong -> {
                            throw WebhookFault.url(
                                    wrong,
                                    "Give a public host, or ask the operator to allow private"
                                            + " addresses.");
                        });
        // Databases refuse the character 0.
        if (wanted.description().length() > LONGEST_DESCRIPTION_CHARACTERS
                || wanted.description().indexOf('\0') >= 0) {
            throw WebhookFault.description(LONGEST_DESCRIPTION_CHARACTERS);
        }
        return database.inTransaction(handle -> insert(handle, wanted, url));
    }

    /**
     * A tenant's endpoint.
     *
     * @throws dev.ortune.error.InvalidInputException {@code WEBHOOK_NOT_FOUND}
     */
    public WebhookEndpoint get(String tenant, String id) {
        return database.withHandle(handle -> found(handle, tenant, id));
    }

    /** A tenant's endpoints, oldest first. */
    public List<WebhookEndpoint> list(String tenant) {
        return database.withHandle(handle -> WebhookRows.ofTenant(handle, tenant));
    }

    /**
     * Deletes a tenant's endpoint and what was to be sent to it.
     *
     * @throws dev.ortune.error.InvalidInputException {@code WEBHOOK_NOT_FOUND}
     */
    public void delete(String tenant, String id) {
        database.useTransaction(
                handle -> {
                    found(handle, tenant, id);
                    handle.createUpdate("delete from webhook_endpoint where id = :id")
                            .bind("id", id)
                            .execute();
                    handle.createUpdate("delete from webhook_delivery where endpoint_id = :id")
                            .bind("id", id)
                            .execute();
                });
    }

    /**
     * Gives a tenant's endpoint a new secret. For 24 hours the one before signs as well; any older one
     * ends at once.
     *
     * @throws dev.ortune.error.InvalidInputException {@code WEBHOOK_NOT_FOUND}
     */
    public EndpointSecret rotateSecret(String tenant, String id) {
        WebhookSecret secret = WebhookSecret.random(random);
        return database.inTransaction(
                handle -> {
                    WebhookEndpoint endpoint = found(handle, tenant, id);
                    handle.createUpdate(
                                    "update webhook_endpoint set old_secret = secret,"
                                            + " old_secret_until = :until, secret = :secret where id"
                                            + " = :id")
                            .bind("until", WebhookRows.time(clock.instant().plus(ROTATION)))
                            .bind("secret", secret.reveal())
                            .bind("id", id)
                            .execute();
                    return new EndpointSecret(endpoint, secret);
                });
    }

    /**
     * Has a tenant's disabled endpoint hear of events again, of those to come.
     *
     * @throws dev.ortune.error.InvalidInputException {@code WEBHOOK_NOT_FOUND}
     */
    public WebhookEndpoint enable(String tenant, String id) {
        return database.inTransaction(
                handle -> {
                    handle.createUpdate(
                                    "update webhook_endpoint set disabled_reason = null where id ="
                                            + " :id and tenant = :tenant")
                            .bind("id", id)
                            .bind("tenant", tenant)
                            .execute();
                    return found(handle, tenant, id);
                });
    }

    /**
     * What was or is to be sent to a tenant's endpoint, newest first.
     *
     * @throws dev.ortune.error.InvalidInputException {@code WEBHOOK_NOT_FOUND}
     */
    public List<WebhookDelivery> deliveries(String tenant, String id, int limit) {
        return database.inTransaction(
                handle -> {
                    found(handle, tenant, id);
                    return handle.createQuery(
                                    "select * from webhook_delivery where endpoint_id = :id order by"
                                            + " sequence desc limit :limit")
                            .bind("id", id)
                            .bind("limit", limit)
                            .map((rs, context) -> WebhookRows.delivery(rs))
                            .list();
                });
    }

    /** How many deliveries of all tenants no endpoint has yet; for operators. */
    public WebhookCounts counts() {
        return database.withHandle(
                handle ->
                        handle.createQuery(
                                        "select count(case when state = 'PENDING' and last_error is"
                                                + " null then 1 end) as waiting, count(case when state"
                                                + " = 'PENDING' and last_error is not null then 1 end)"
                                                + " as retrying, count(case when state = 'FAILED' then"
                                                + " 1 end) as failed from webhook_delivery where state"
                                                + " in ('PENDING', 'FAILED')")
                                .map(
                                        (rs, context) ->
                                                new WebhookCounts(
                                                        rs.getLong("waiting"),
                                                        rs.getLong("retrying"),
                                                        rs.getLong("failed")))
                                .one());
    }

    private EndpointSecret insert(Handle handle, NewWebhook wanted, URI url) {
        if (WebhookRows.ofTenant(handle, wanted.tenant()).size() >= MOST_ENDPOINTS_PER_TENANT) {
            throw WebhookFault.tooMany(MOST_ENDPOINTS_PER_TENANT);
        }
        String id = ids.next("we_");
        Instant now = clock.instant();
        WebhookSecret secret = WebhookSecret.random(random);
        handle.createUpdate(
                        "insert into webhook_endpoint (id, tenant, url, event_types, description,"
                                + " created_at, secret, free_at) values (:id, :tenant, :url, :types,"
                                + " :description, :now, :secret, :now)")
                .bind("id", id)
                .bind("tenant", wanted.tenant())
                .bind("url", url.toString())
                .bind("types", WebhookRows.join(wanted.eventTypes()))
                .bind("description", wanted.description())
                .bind("now", WebhookRows.time(now))
                .bind("secret", secret.reveal())
                .execute();
        return new EndpointSecret(found(handle, wanted.tenant(), id), secret);
    }

    private Optional<String> refusal(URI url) {
        try {
            return targets.refusal(url);
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static WebhookEndpoint found(Handle handle, String tenant, String id) {
        return WebhookRows.find(handle, tenant, id).orElseThrow(() -> WebhookFault.notFound(id));
    }
}
