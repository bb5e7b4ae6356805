package dev.ortune.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The events in the database; nothing there changes or deletes them. Thread-safe. */
public final class AuditLog {

    private static final int LONGEST_CALLER = 200;
    private static final int LONGEST_ACTION = 200;
    private static final int LONGEST_OBJECT = 500;
    private static final int LONGEST_ADDRESS = 64;

    private final Jdbi database;

    public AuditLog(Jdbi database) {
        this.database = database;
    }

    /** Adds events in their order, all or none. */
    public void add(List<AuditEvent> events) {
        database.useTransaction(
                handle -> {
                    PreparedBatch batch =
                            handle.prepareBatch(
                                    "insert into audit_entry (created_at, tenant, caller, action,"
                                            + " object, outcome, address) values (:at, :tenant, :caller,"
                                            + " :action, :object, :outcome, :address)");
                    for (AuditEvent event : events) {
                        batch.bind("at", event.at().atOffset(ZoneOffset.UTC))
                                .bind("tenant", event.tenant())
                                .bind("caller", cut(event.caller(), LONGEST_CALLER))
                                .bind("action", cut(event.action(), LONGEST_ACTION))
                                .bind("object", cut(event.object(), LONGEST_OBJECT))
                                .bind("outcome", event.outcome())
                                .bind("address", cut(event.address(), LONGEST_ADDRESS))
                                .add();
                    }
                    batch.execute();
                });
    }

    /**
     * Entries after one, oldest first.
     *
     * @param tenant whose; all without it
     * @param after an entry's number, 0 for the beginning
     */
    public AuditPage after(Optional<String> tenant, long after, int limit) {
        List<AuditEntry> entries =
                database.withHandle(
                        handle ->
                                handle.createQuery(
                                                "select * from audit_entry where number > :after and"
                                                        + " (tenant = :tenant or :all) order by number"
                                                        + " limit :limit")
                                        .bind("after", after)
                                        .bind("tenant", tenant.orElse(""))
                                        .bind("all", tenant.isEmpty())
                                        .bind("limit", limit + 1)
                                        .map((rs, context) -> entry(rs))
                                        .list());
        boolean hasMore = entries.size() > limit;
        return new AuditPage(hasMore ? entries.subList(0, limit) : entries, hasMore);
    }

    private static AuditEntry entry(ResultSet rs) throws SQLException {
        return new AuditEntry(
                rs.getLong("number"),
                new AuditEvent(
                        rs.getObject("created_at", OffsetDateTime.class).toInstant(),
                        rs.getString("tenant"),
                        rs.getString("caller"),
                        rs.getString("action"),
                        rs.getString("object"),
                        rs.getString("outcome"),
                        rs.getString("address")));
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest);
    }
}
