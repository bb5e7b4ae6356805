package dev.ortune.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** The quotas that tenants were given, in the database. Thread-safe, also among processes. */
public final class QuotaStore {

    private final Jdbi database;

    public QuotaStore(Jdbi database) {
        this.database = database;
    }

    /** A tenant's own quota; without limits where it was given none. */
    public Quota get(String tenant) {
        return database.withHandle(QuotaStore::byTenant).getOrDefault(tenant, Quota.unlimited());
    }

    /** Gives a tenant its quota, in place of the one that it had. */
    public void put(String tenant, Quota quota) {
        try {
            database.useTransaction(handle -> put(handle, tenant, quota));
        } catch (UnableToExecuteStatementException e) {
            // Somebody else may have inserted the row at the same time: it is there now.
            database.useTransaction(handle -> put(handle, tenant, quota));
        }
    }

    /** All quotas that tenants were given. */
    static Map<String, Quota> byTenant(Handle handle) {
        Map<String, Quota> quotas = new HashMap<>();
        handle.createQuery("select * from tenant_quota")
                .map((rs, context) -> quotas.put(rs.getString("tenant"), quota(rs)))
                .list();
        return quotas;
    }

    private static void put(Handle handle, String tenant, Quota quota) {
        String update =
                "update tenant_quota set concurrent_jobs = :jobs, training_rows = :rows,"
                        + " storage_bytes = :bytes, requests_per_second = :rate where tenant = :tenant";
        String insert =
                "insert into tenant_quota (tenant, concurrent_jobs, training_rows, storage_bytes,"
                        + " requests_per_second) values (:tenant, :jobs, :rows, :bytes, :rate)";
        if (execute(handle, update, tenant, quota) == 0) {
            execute(handle, insert, tenant, quota);
        }
    }

    private static int execute(Handle handle, String sql, String tenant, Quota quota) {
        return handle.createUpdate(sql)
                .bind("tenant", tenant)
                .bind("jobs", quota.concurrentJobs())
                .bind("rows", quota.rows())
                .bind("bytes", quota.storageBytes())
                .bind("rate", quota.requestsPerSecond())
                .execute();
    }

    private static Quota quota(ResultSet rs) throws SQLException {
        Optional<Integer> jobs =
                Optional.ofNullable(rs.getObject("concurrent_jobs", Integer.class));
        Optional<Double> rate =
                Optional.ofNullable(rs.getObject("requests_per_second", Double.class));
        return new Quota(
                jobs.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                whole(rs, "training_rows"),
                whole(rs, "storage_bytes"),
                rate.map(OptionalDouble::of).orElseGet(OptionalDouble::empty));
    }

    private static OptionalLong whole(ResultSet rs, String column) throws SQLException {
        return Optional.ofNullable(rs.getObject(column, Long.class))
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }
}
