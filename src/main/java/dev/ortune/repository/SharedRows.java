package dev.ortune.repository;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * Models' rows in the shared database. A deleted model's row stays for a while without its document, so
 * that whoever was not told finds out.
 */
final class SharedRows {

    private static final Logger LOG = Logger.getLogger(SharedRows.class);
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private final VersionCache cache;

    SharedRows(VersionCache cache) {
        this.cache = cache;
    }

    /** All models; one that cannot be read is logged and left out. */
    Map<ModelName, PublishedModel> all(Handle handle) {
        Map<ModelName, PublishedModel> models = new HashMap<>();
        handle
                .createQuery(
                        "select tenant, name, document from published_model where document is not"
                                + " null")
                .map(
                        (rs, context) ->
                                model(
                                        new ModelName(rs.getString("tenant"), rs.getString("name")),
                                        rs.getString("document")))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .forEach(model -> models.put(model.name(), model));
        return models;
    }

    /** The models that were changed, or deleted, since a moment, and when. */
    Map<ModelName, Instant> changedSince(Handle handle, Instant moment) {
        return handle
                .createQuery(
                        "select tenant, name, changed_at from published_model where changed_at >="
                                + " :since")
                .bind("since", moment.atOffset(ZoneOffset.UTC))
                .map(
                        (rs, context) ->
                                Map.entry(
                                        new ModelName(rs.getString("tenant"), rs.getString("name")),
                                        rs.getObject("changed_at", OffsetDateTime.class)
                                                .toInstant()))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** A model, if it is there. */
    Optional<PublishedModel> find(Handle handle, ModelName name) {
        return document(handle, name, "").flatMap(document -> model(name, document));
    }

    /** A model, if it is there; nobody else changes it until the transaction ends. */
    Optional<PublishedModel> lock(Handle handle, ModelName name) {
        handle.createUpdate(
                        "insert into published_model (tenant, name, changed_at) values (:tenant,"
                                + " :name, current_timestamp) on conflict do nothing")
                .bind("tenant", name.tenant())
                .bind("name", name.name())
                .execute();
        return document(handle, name, " for update").flatMap(document -> model(name, document));
    }

    private static Optional<String> document(Handle handle, ModelName name, String lock) {
        return handle.createQuery(
                        "select document from published_model where tenant = :tenant and name ="
                                + " :name"
                                + lock)
                .bind("tenant", name.tenant())
                .bind("name", name.name())
                .map((rs, context) -> Optional.ofNullable(rs.getString("document")))
                .findOne()
                .flatMap(found -> found);
    }

    /** Writes what a locked model has become. */
    void write(Handle handle, ModelName name, Optional<PublishedModel> after) {
        handle.createUpdate(
                        "update published_model set document = :document, changed_at ="
                                + " clock_timestamp() where tenant = :tenant and name = :name")
                .bind("document", after.map(SharedDocument::of).map(RepositoryJson::text))
                .bind("tenant", name.tenant())
                .bind("name", name.name())
                .execute();
    }

    /** Forgets what was deleted long ago. */
    void forget(Handle handle) {
        handle.createUpdate(
                        "delete from published_model where document is null and changed_at <"
                                + " :moment")
                .bind("moment", OffsetDateTime.now(ZoneOffset.UTC).minus(REMEMBERED))
                .execute();
    }

    private Optional<PublishedModel> model(ModelName name, String document) {
        try {
            return Optional.of(
                    RepositoryJson.read(document, SharedDocument.class).model(name, cache));
        } catch (IOException | RuntimeException e) {
            LOG.errorf(e, "The model %s of %s is left out: it is damaged", name, name.tenant());
            return Optional.empty();
        }
    }
}
