package dev.ortune.access;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Keys in the database, their secrets as hashes only. Thread-safe, also among processes. */
public final class ApiKeyStore {

    private static final String ID_CHARACTERS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int ID_LENGTH = 26;

    private final Jdbi database;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public ApiKeyStore(Jdbi database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Creates a key.
     *
     * @throws dev.ortune.error.InvalidInputException {@code INVALID_REQUEST} for a key that has
     *     expired already
     */
    public CreatedApiKey create(NewApiKey wanted) {
        Instant now = clock.instant();
        wanted.requireFuture(now);
        ApiKeySecret secret = ApiKeySecret.random(random);
        String id = newId();
        ApiKey key =
                database.inTransaction(
                        handle -> {
                            handle.createUpdate(
                                            "insert into api_key (id, tenant, name, scopes,"
                                                    + " secret_sha256, created_at, expires_at) values"
                                                    + " (:id, :tenant, :name, :scopes, :hash, :now,"
                                                    + " :end)")
                                    .bind("id", id)
                                    .bind("tenant", wanted.tenant())
                                    .bind("name", wanted.name())
                                    .bind("scopes", Scope.words(wanted.scopes()))
                                    .bind("hash", secret.sha256())
                                    .bind("now", time(now))
                                    .bind("end", wanted.expiresAt().map(ApiKeyStore::time))
                                    .execute();
                            return find(handle, id).orElseThrow();
                        });
        return new CreatedApiKey(key, secret);
    }

    /** The key that a secret belongs to, be it revoked or expired. */
    public Optional<ApiKey> find(ApiKeySecret secret) {
        return database.withHandle(
                handle ->
                        handle.createQuery("select * from api_key where secret_sha256 = :hash")
                                .bind("hash", secret.sha256())
                                .map((rs, context) -> key(rs))
                                .findOne());
    }

    /** Keys in the order of their creation, revoked ones too: one tenant's, or all. */
    public List<ApiKey> list(Optional<String> tenant) {
        return database.withHandle(
                handle ->
                        handle.createQuery(
                                        "select * from api_key where tenant = :tenant or :all order by"
                                                + " sequence")
                                .bind("tenant", tenant.orElse(""))
                                .bind("all", tenant.isEmpty())
                                .map((rs, context) -> key(rs))
                                .list());
    }

    /**
     * Revokes a key; one that is revoked already stays as it is.
     *
     * @param tenant the only one whose keys are found, or all
     * @throws dev.ortune.error.InvalidInputException {@code KEY_NOT_FOUND}
     */
    public ApiKey revoke(Optional<String> tenant, String id) {
        return database.inTransaction(
                handle -> {
                    Optional<ApiKey> key = find(handle, id);
                    if (key.isEmpty()
                            || !tenant.orElse(key.get().tenant()).equals(key.get().tenant())) {
                        throw AccessFault.noKey(id);
                    }
                    handle.createUpdate(
                                    "update api_key set revoked_at = :now where id = :id and"
                                            + " revoked_at is null")
                            .bind("now", time(clock.instant()))
                            .bind("id", id)
                            .execute();
                    return find(handle, id).orElseThrow();
                });
    }

    /** Notes that a key was used. */
    public void used(String id, Instant when) {
        database.useHandle(
                handle ->
                        handle.createUpdate(
                                        "update api_key set last_used_at = :when where id = :id")
                                .bind("when", time(when))
                                .bind("id", id)
                                .execute());
    }

    /** Whether there is a key or ever was one. */
    static boolean hasAny(Handle handle) {
        return handle.createQuery("select count(*) from api_key").mapTo(Long.class).one() > 0;
    }

    /** Keys that are not revoked, by the hashes of their secrets. */
    static Map<String, ApiKey> byHash(Handle handle) {
        Map<String, ApiKey> keys = new HashMap<>();
        handle.createQuery("select * from api_key where revoked_at is null")
                .map((rs, context) -> keys.put(rs.getString("secret_sha256"), key(rs)))
                .list();
        return keys;
    }

    private static Optional<ApiKey> find(Handle handle, String id) {
        return handle.createQuery("select * from api_key where id = :id")
                .bind("id", id)
                .map((rs, context) -> key(rs))
                .findOne();
    }

    private static ApiKey key(ResultSet rs) throws SQLException {
        return new ApiKey(
                rs.getString("id"),
                rs.getString("tenant"),
                rs.getString("name"),
                scopes(rs.getString("scopes")),
                time(rs, "created_at").orElseThrow(),
                time(rs, "expires_at"),
                time(rs, "last_used_at"),
                time(rs, "revoked_at"));
    }

    private static Set<Scope> scopes(String words) {
        return Arrays.stream(words.split(" "))
                .flatMap(word -> Scope.ofWord(word).stream())
                .collect(Collectors.toSet());
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Optional<Instant> time(ResultSet rs, String column) throws SQLException {
        return Optional.ofNullable(rs.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }

    private String newId() {
        StringBuilder id = new StringBuilder("key_");
        random.ints(ID_LENGTH, 0, ID_CHARACTERS.length())
                .forEach(index -> id.append(ID_CHARACTERS.charAt(index)));
        return id.toString();
    }
}
