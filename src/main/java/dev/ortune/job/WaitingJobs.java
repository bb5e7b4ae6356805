package dev.ortune.job;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Handle;

/**
 * Finds and locks the next job, however long the queue is and however many tenants ever had one: it
 * looks at the first job of each tenant whose jobs wait, and locks that one alone. To lock and to sort
 * in one statement would have H2 lock all that it sorts.
 */
final class WaitingJobs {

    /** Of a tenant's first job that fits this worker; each is the first entry of a range of an index. */
    private static final String FIRST =
            " (select w.%1$s from job w where w.status = 'QUEUED' and w.tenant = t.tenant and"
                    + " w.memory_bytes <= :total order by w.status, w.tenant, w.priority desc,"
                    + " w.sequence limit 1) as %1$s,";

    /** Of the first tenant, or of the next, the entry of the same index where its jobs begin. */
    private static final String TENANT =
            "(select w.tenant from job w where w.status = 'QUEUED'%s order by w.status, w.tenant limit"
                    + " 1)";

    /** From tenant to tenant: as many entries are read as there are tenants whose jobs wait. */
    private static final String FIRSTS =
            "with recursive t (tenant) as (select "
                    + TENANT.formatted("")
                    + " union all select "
                    + TENANT.formatted(" and w.tenant > t.tenant")
                    + " from t where t.tenant is not null) select"
                    + FIRST.formatted("priority")
                    + FIRST.formatted("sequence")
                    + " t.tenant, (select count(*) from job r where r.status = 'RUNNING' and r.tenant ="
                    + " t.tenant) as running from t where t.tenant is not null";

    /** As a tenant's sequence where no job of it waits: real ones begin at 1. */
    private static final long NONE = 0;

    private static final String NEXT =
            "select priority, sequence, tenant, :running as running from job where status = 'QUEUED'"
                    + " and tenant = :tenant and memory_bytes <= :total and (priority < :priority or"
                    + " priority = :priority and sequence > :sequence) order by status, tenant,"
                    + " priority desc, sequence limit 1";

    private final ToIntFunction<String> maxRunningPerTenant;

    WaitingJobs(ToIntFunction<String> maxRunningPerTenant) {
        this.maxRunningPerTenant = maxRunningPerTenant;
    }

    /** A tenant's first job, or its next one where another worker is taking that. */
    private record Candidate(String tenant, int priority, long sequence, long running) {

        static final Comparator<Candidate> ORDER =
                Comparator.comparingInt(Candidate::priority)
                        .reversed()
                        .thenComparingLong(Candidate::running)
                        .thenComparingLong(Candidate::sequence);

        static Candidate of(ResultSet rs) throws SQLException {
            return new Candidate(
                    rs.getString("tenant"),
                    rs.getInt("priority"),
                    rs.getLong("sequence"),
                    rs.getLong("running"));
        }
    }

    /**
     * The queued job whose turn it is, locked until the transaction ends.
     *
     * @return empty when there is none, or when it does not fit what is free now
     */
    Optional<Job> next(Handle handle, Capacity capacity) {
        Queue<Candidate> line = new PriorityQueue<>(Candidate.ORDER);
        handle.createQuery(FIRSTS)
                .bind("total", capacity.totalBytes())
                .map((rs, context) -> Candidate.of(rs))
                .list()
                .forEach(candidate -> join(line, candidate));
        while (!line.isEmpty()) {
            Candidate candidate = line.remove();
            Optional<Job> job =
                    JobRows.one(
                            handle,
                            "select * from job where status = 'QUEUED' and tenant = :tenant and"
                                    + " priority = :priority and sequence = :sequence for update"
                                    + " skip locked",
                            Map.of(
                                    "tenant",
                                    candidate.tenant(),
                                    "priority",
                                    candidate.priority(),
                                    "sequence",
                                    candidate.sequence()));
            if (job.isPresent()) {
                return job.filter(it -> it.memoryBytes() <= capacity.freeBytes());
            }
            after(handle, candidate, capacity).ifPresent(next -> join(line, next));
        }
        return Optional.empty();
    }

    private void join(Queue<Candidate> line, Candidate candidate) {
        if (candidate.sequence() != NONE
                && candidate.running() < maxRunningPerTenant.applyAsInt(candidate.tenant())) {
            line.add(candidate);
        }
    }

    /** The same tenant's next job: another worker is taking this one, which is as good as running. */
    private static Optional<Candidate> after(Handle handle, Candidate taken, Capacity capacity) {
        return handle.createQuery(NEXT)
                .bind("tenant", taken.tenant())
                .bind("priority", taken.priority())
                .bind("sequence", taken.sequence())
                .bind("running", taken.running() + 1)
                .bind("total", capacity.totalBytes())
                .map((rs, context) -> Candidate.of(rs))
                .findOne();
    }

    /** The oldest job whose files nobody looks through, locked until the transaction ends. */
    static Optional<Job> nextToValidate(Handle handle) {
        long sequence = Long.MIN_VALUE;
        while (true) {
            Optional<Job> oldest =
                    JobRows.one(
                            handle,
                            "select * from job where status = 'VALIDATING_FILES' and lease_until is"
                                    + " null and sequence > :after order by status, sequence limit 1",
                            Map.of("after", sequence));
            Optional<Job> locked =
                    oldest.flatMap(
                            job ->
                                    JobRows.one(
                                            handle,
                                            "select * from job where id = :id and status ="
                                                    + " 'VALIDATING_FILES' and lease_until is null"
                                                    + " for update skip locked",
                                            Map.of("id", job.id())));
            if (oldest.isEmpty() || locked.isPresent()) {
                return locked;
            }
            sequence = oldest.get().sequence();
        }
    }
}
