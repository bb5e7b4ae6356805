package dev.ortune.file;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Tenants' files: rows in the database, contents in a folder. A tenant's requests never find another
 * one's files. Thread-safe.
 */
public final class FileStore {

    private static final String ID_CHARACTERS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int ID_LENGTH = 26;
    private static final int MAX_NAME = 255;

    private final Jdbi database;
    private final Blobs blobs;
    private final InstantSource clock;
    private final StorageRule rule;
    private final SecureRandom random = new SecureRandom();

    /**
     * A store.
     *
     * @param blobs the contents
     * @param rule for what tenants upload
     */
    public FileStore(Jdbi database, Blobs blobs, InstantSource clock, StorageRule rule) {
        this.database = database;
        this.blobs = blobs;
        this.clock = clock;
        this.rule = rule;
    }

    /**
     * Takes a file in.
     *
     * @param name as its owner calls it; folders before it are left out
     * @param content read to its end, not closed
     * @throws InvalidInputException {@code FILE_TOO_LARGE}; {@code INVALID_REQUEST} for a name that is
     *     blank or too long
     * @throws dev.ortune.error.UnavailableException {@code DISK_FULL}
     * @throws IOException when the content breaks off
     */
    public StoredFile add(
            String tenant, String name, FilePurpose purpose, InputStream content, long maxBytes)
            throws IOException {
        String id = newId();
        String plain = plainName(name);
        Blobs.Written written = blobs.write(id, content, maxBytes);
        try {
            rule.require(tenant, bytes(tenant), written.bytes());
            return insert(id, tenant, plain, purpose, written);
        } catch (RuntimeException e) {
            blobs.delete(id);
            throw e;
        }
    }

    /**
     * Takes a file in under an id that follows from what it is; one of that id gives way.
     *
     * @param id {@code file-} and lower-case letters, digits and hyphens
     * @throws InvalidInputException as {@link #add}
     */
    public StoredFile put(
            String id,
            String tenant,
            String name,
            FilePurpose purpose,
            InputStream content,
            long maxBytes)
            throws IOException {
        String plain = plainName(name);
        return insert(id, tenant, plain, purpose, blobs.write(id, content, maxBytes));
    }

    private StoredFile insert(
            String id, String tenant, String name, FilePurpose purpose, Blobs.Written written) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        return database.inTransaction(
                handle -> {
                    handle.createUpdate("delete from stored_file where id = :id")
                            .bind("id", id)
                            .execute();
                    handle.createUpdate(
                                    "insert into stored_file (id, tenant, name, purpose, bytes,"
                                            + " sha256, created_at) values (:id, :tenant, :name,"
                                            + " :purpose, :bytes, :sha256, :now)")
                            .bind("id", id)
                            .bind("tenant", tenant)
                            .bind("name", name)
                            .bind("purpose", purpose.name())
                            .bind("bytes", written.bytes())
                            .bind("sha256", written.sha256())
                            .bind("now", now)
                            .execute();
                    return find(handle, id).orElseThrow();
                });
    }

    /**
     * A tenant's file.
     *
     * @throws InvalidInputException {@code FILE_NOT_FOUND}
     */
    public StoredFile get(String tenant, String id) {
        return database.withHandle(handle -> find(handle, id))
                .filter(file -> file.tenant().equals(tenant))
                .orElseThrow(() -> notFound(id));
    }

    /**
     * A tenant's files.
     *
     * @throws InvalidInputException {@code FILE_NOT_FOUND} for {@code after}
     */
    public FilePage list(String tenant, FileQuery query) {
        Map<String, Object> values = new HashMap<>();
        values.put("tenant", tenant);
        values.put("limit", query.limit() + 1);
        StringBuilder sql = new StringBuilder("select * from stored_file where tenant = :tenant");
        query.purpose()
                .ifPresent(
                        purpose -> {
                            sql.append(" and purpose = :purpose");
                            values.put("purpose", purpose.name());
                        });
        query.after()
                .ifPresent(
                        id -> {
                            sql.append(query.ascending() ? " and sequence > " : " and sequence < ")
                                    .append(":after");
                            values.put("after", get(tenant, id).sequence());
                        });
        sql.append(" order by sequence ")
                .append(query.ascending() ? "asc" : "desc")
                .append(" limit :limit");
        List<StoredFile> files =
                database.withHandle(
                        handle ->
                                handle.createQuery(sql.toString())
                                        .bindMap(values)
                                        .map((rs, context) -> file(rs))
                                        .list());
        boolean hasMore = files.size() > query.limit();
        return new FilePage(hasMore ? files.subList(0, query.limit()) : files, hasMore);
    }

    /**
     * Has a file's content stand somewhere too, to be read there.
     *
     * @param target a name that is free, in a folder that exists
     * @throws InvalidInputException {@code FILE_NOT_FOUND} when it was deleted meanwhile
     * @throws dev.ortune.error.UnavailableException {@code DISK_FULL}, {@code STORAGE_UNAVAILABLE}
     */
    public void place(StoredFile file, Path target) {
        if (!blobs.place(file.id(), target)) {
            throw notFound(file.id());
        }
    }

    /**
     * Opens a file's content, the caller's to close.
     *
     * @throws InvalidInputException {@code FILE_NOT_FOUND} when it was deleted meanwhile
     * @throws dev.ortune.error.UnavailableException {@code STORAGE_UNAVAILABLE}
     */
    public InputStream open(StoredFile file) {
        return blobs.open(file.id()).orElseThrow(() -> notFound(file.id()));
    }

    /**
     * Refuses a content that is too large.
     *
     * @throws InvalidInputException {@code FILE_TOO_LARGE}
     */
    public static void requireWithin(long bytes, long maxBytes) {
        if (bytes > maxBytes) {
            throw new InvalidInputException(
                    ErrorCode.FILE_TOO_LARGE,
                    "The file has more than " + maxBytes + " bytes.",
                    "Send fewer rows, or a compressed file (.jsonl.gz, .csv.gz).");
        }
    }

    /**
     * Deletes a tenant's file.
     *
     * @throws InvalidInputException {@code FILE_NOT_FOUND}
     */
    public void delete(String tenant, String id) {
        get(tenant, id);
        database.useHandle(
                handle ->
                        handle.createUpdate("delete from stored_file where id = :id")
                                .bind("id", id)
                                .execute());
        blobs.delete(id);
    }

    /** How many bytes a tenant's files have. */
    public long bytes(String tenant) {
        return database.withHandle(
                handle ->
                        handle.createQuery(
                                        "select coalesce(sum(bytes), 0) from stored_file where"
                                                + " tenant = :tenant")
                                .bind("tenant", tenant)
                                .mapTo(Long.class)
                                .one());
    }

    private static Optional<StoredFile> find(Handle handle, String id) {
        return handle.createQuery("select * from stored_file where id = :id")
                .bind("id", id)
                .map((rs, context) -> file(rs))
                .findOne();
    }

    private static StoredFile file(ResultSet rs) throws SQLException {
        Instant created = rs.getObject("created_at", OffsetDateTime.class).toInstant();
        return new StoredFile(
                rs.getString("id"),
                rs.getLong("sequence"),
                rs.getString("tenant"),
                rs.getString("name"),
                FilePurpose.valueOf(rs.getString("purpose")),
                rs.getLong("bytes"),
                rs.getString("sha256"),
                created);
    }

    private static String plainName(String name) {
        String plain = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        if (plain.isBlank()
                || plain.length() > MAX_NAME
                || plain.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_REQUEST,
                    "file: The file's name is blank, longer than "
                            + MAX_NAME
                            + " or not printable.",
                    "Send the file with a plain name such as reviews.jsonl.");
        }
        return plain;
    }

    private static InvalidInputException notFound(String id) {
        return new InvalidInputException(
                ErrorCode.FILE_NOT_FOUND,
                "There is no file " + (id.length() > 100 ? id.substring(0, 100) + "…" : id) + ".",
                "Check the id; GET /v1/files (ListFiles) lists yours.");
    }

    private String newId() {
        StringBuilder id = new StringBuilder("file-");
        random.ints(ID_LENGTH, 0, ID_CHARACTERS.length())
                .forEach(index -> id.append(ID_CHARACTERS.charAt(index)));
        return id.toString();
    }
}
