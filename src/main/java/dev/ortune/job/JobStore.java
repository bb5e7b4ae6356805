package dev.ortune.job;

import dev.ortune.job.JobEvent.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * Jobs as their owners see them: created, found, listed, paused, resumed, cancelled. A tenant's
 * requests never find another one's jobs.
 *
 * <p>Thread-safe, also among processes on the same database: every change locks the job's row.
 */
public final class JobStore {

    private static final String ID_CHARACTERS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int ID_LENGTH = 26;

    private final Jdbi database;
    private final InstantSource clock;
    private final JobChanges changes;
    private final SecureRandom random = new SecureRandom();

    /** A store whose changes a listener hears of. */
    public JobStore(Jdbi database, InstantSource clock, JobListener listener) {
        this.database = database;
        this.clock = clock;
        this.changes = new JobChanges(clock, listener);
    }

    /**
     * Creates a job, whose files are to be validated next; or finds the one that the same request has
     * created before.
     *
     * @throws dev.ortune.error.InvalidInputException {@code IDEMPOTENCY_KEY_REUSED} when the key
     *     stands for another request
     */
    public Job create(NewJob wanted) {
        Optional<Job> before = repeated(wanted);
        if (before.isPresent()) {
            return before.get();
        }
        try {
            return database.inTransaction(handle -> insert(handle, wanted));
        } catch (UnableToExecuteStatementException e) {
            // The same request may have come twice at the same time: one of them is too late.
            return repeated(wanted).orElseThrow(() -> e);
        }
    }

    /**
     * A tenant's job.
     *
     * @throws dev.ortune.error.InvalidInputException {@code JOB_NOT_FOUND}
     */
    public Job get(String tenant, String id) {
        return database.withHandle(handle -> JobRows.find(handle, id))
                .filter(job -> job.tenant().equals(tenant))
                .orElseThrow(() -> JobFault.notFound(id));
    }

    /**
     * A tenant's jobs, newest first.
     *
     * @param after only those older than this job
     * @param metadata only those with all of these notes
     * @throws dev.ortune.error.InvalidInputException {@code JOB_NOT_FOUND} for {@code after}
     */
    public JobPage list(
            String tenant, Optional<String> after, int limit, Map<String, String> metadata) {
        long before = after.map(id -> get(tenant, id).sequence()).orElse(Long.MAX_VALUE);
        StringBuilder sql =
                new StringBuilder(
                        "select * from job j where tenant = :tenant and sequence < :before");
        Map<String, Object> values = new HashMap<>();
        values.put("tenant", tenant);
        values.put("before", before);
        values.put("limit", limit + 1);
        int number = 0;
        for (Map.Entry<String, String> note : metadata.entrySet()) {
            number++;
            sql.append(
                            " and exists (select 1 from job_metadata m where m.job_id = j.id and m.name =")
                    .append(" :name")
                    .append(number)
                    .append(" and m.content = :value")
                    .append(number)
                    .append(")");
            values.put("name" + number, note.getKey());
            values.put("value" + number, note.getValue());
        }
        // All columns of the index, without which H2 would sort all of the tenant's jobs.
        sql.append(" order by tenant, sequence desc limit :limit");
        List<Job> jobs = database.withHandle(handle -> JobRows.all(handle, sql.toString(), values));
        boolean hasMore = jobs.size() > limit;
        return new JobPage(hasMore ? jobs.subList(0, limit) : jobs, hasMore);
    }

    /**
     * Pauses a tenant's job: at once if it waits, else as soon as its worker hears of it.
     *
     * @throws dev.ortune.error.InvalidInputException {@code JOB_NOT_FOUND}, {@code JOB_STATUS}
     */
    public Job pause(String tenant, String id) {
        get(tenant, id);
        return change(
                id,
                Set.of(JobStatus.QUEUED, JobStatus.RUNNING),
                "paused",
                (handle, job) -> {
                    if (job.status() == JobStatus.RUNNING) {
                        wish(handle, job, JobWish.PAUSE, "Pause asked for.");
                    } else {
                        changes.become(handle, job, JobStatus.PAUSED, Level.INFO, "Job paused.");
                    }
                });
    }

    /**
     * Has a tenant's paused job go on.
     *
     * @throws dev.ortune.error.InvalidInputException {@code JOB_NOT_FOUND}, {@code JOB_STATUS}
     */
    public Job resume(String tenant, String id) {
        get(tenant, id);
        return change(
                id,
                Set.of(JobStatus.PAUSED),
                "resumed",
                (handle, job) ->
                        changes.become(
                                handle, job, JobStatus.QUEUED, Level.INFO, "Job resumed, queued."));
    }

    /**
     * Cancels a tenant's job: at once if no worker has it, else as soon as its worker hears of it. A
     * job that is cancelled already stays so.
     *
     * @throws dev.ortune.error.InvalidInputException {@code JOB_NOT_FOUND}, {@code JOB_STATUS}
     */
    public Job cancel(String tenant, String id) {
        Job now = get(tenant, id);
        if (now.status() == JobStatus.CANCELLED) {
            return now;
        }
        Set<JobStatus> alive =
                Arrays.stream(JobStatus.values())
                        .filter(status -> !status.isFinal())
                        .collect(Collectors.toSet());
        return change(
                id,
                alive,
                "cancelled",
                (handle, job) -> {
                    if (job.status() == JobStatus.RUNNING) {
                        wish(handle, job, JobWish.CANCEL, "Cancellation asked for.");
                    } else {
                        changes.become(
                                handle, job, JobStatus.CANCELLED, Level.INFO, "Job cancelled.");
                    }
                });
    }

    /** Whether nothing more happens to a job, of whatever tenant; also when there is none. */
    public boolean isFinal(String id) {
        return database.withHandle(
                        handle ->
                                handle.createQuery("select status from job where id = :id")
                                        .bind("id", id)
                                        .mapTo(String.class)
                                        .findOne())
                .map(status -> JobStatus.valueOf(status).isFinal())
                .orElse(true);
    }

    /** How many jobs there are, of all tenants. */
    public JobCounts counts() {
        return database.withHandle(
                handle -> {
                    Map<JobStatus, Long> byStatus = new EnumMap<>(JobStatus.class);
                    handle.createQuery("select status, count(*) as jobs from job group by status")
                            .map(
                                    (rs, context) ->
                                            byStatus.put(
                                                    JobStatus.valueOf(rs.getString("status")),
                                                    rs.getLong("jobs")))
                            .list();
                    double waited =
                            handle.createQuery(
                                            "select min(created_at) as oldest from job where status ="
                                                    + " 'QUEUED'")
                                    .map((rs, context) -> JobRows.time(rs, "oldest"))
                                    .one()
                                    .map(oldest -> Duration.between(oldest, clock.instant()))
                                    .map(wait -> wait.toMillis() / 1e3)
                                    .orElse(0.0);
                    return new JobCounts(byStatus, waited);
                });
    }

    /** A job has left a file; telling it twice is as good as once. */
    public void addResultFile(String id, String fileId) {
        database.useHandle(
                handle ->
                        handle.createUpdate(
                                        "insert into job_file (job_id, file_id) values (:id, :file) on"
                                                + " conflict do nothing")
                                .bind("id", id)
                                .bind("file", fileId)
                                .execute());
    }

    @FunctionalInterface
    private interface Change {
        void apply(Handle handle, Job job);
    }

    private Job change(String id, Set<JobStatus> allowed, String what, Change change) {
        return database.inTransaction(
                handle -> {
                    Job job = JobRows.locked(handle, id).orElseThrow(() -> JobFault.notFound(id));
                    if (!allowed.contains(job.status())) {
                        throw JobFault.wrongStatus(job, what);
                    }
                    change.apply(handle, job);
                    return JobRows.find(handle, id).orElseThrow();
                });
    }

    private void wish(Handle handle, Job job, JobWish wish, String message) {
        // A cancellation is not taken back by a pause.
        if (job.wish().filter(JobWish.CANCEL::equals).isPresent()
                || job.wish().equals(Optional.of(wish))) {
            return;
        }
        handle.createUpdate("update job set wish = :wish where id = :id")
                .bind("wish", wish.name())
                .bind("id", job.id())
                .execute();
        changes.tell(handle, job.id(), Level.INFO, message);
    }

    /**
     * The job that the same request has created before, if it has a key.
     *
     * @throws dev.ortune.error.InvalidInputException {@code IDEMPOTENCY_KEY_REUSED} when the key
     *     stands for another request
     */
    public Optional<Job> repeated(NewJob wanted) {
        return wanted.idempotency().flatMap(request -> repeated(wanted.tenant(), request));
    }

    private Optional<Job> repeated(String tenant, NewJob.Idempotency request) {
        return database.withHandle(
                handle -> {
                    Map<String, String> values = Map.of("tenant", tenant, "key", request.key());
                    String where = " from job where tenant = :tenant and idempotency_key = :key";
                    Optional<String> hash =
                            handle.createQuery("select idempotency_hash" + where)
                                    .bindMap(values)
                                    .mapTo(String.class)
                                    .findOne();
                    if (hash.isPresent() && !hash.get().equals(request.requestSha256())) {
                        throw JobFault.keyReused(request.key());
                    }
                    return hash.flatMap(it -> JobRows.one(handle, "select *" + where, values));
                });
    }

    private Job insert(Handle handle, NewJob wanted) {
        String id = newId();
        Instant now = clock.instant();
        handle.createUpdate(
                        "insert into job (id, tenant, base, status, priority, specification, created_at,"
                                + " step, total_steps, checkpoint_step, deaths, event_count,"
                                + " memory_bytes, trained_tokens, trained_seconds, idempotency_key,"
                                + " idempotency_hash)"
                                + " values (:id, :tenant, :base, :status, :priority, :specification, :now,"
                                + " 0, 0, 0, 0, 0, 0, 0, 0, :key, :hash)")
                .bind("id", id)
                .bind("tenant", wanted.tenant())
                .bind("base", wanted.base())
                .bind("status", JobStatus.VALIDATING_FILES.name())
                .bind("priority", wanted.priority())
                .bind("specification", wanted.specification())
                .bind("now", JobRows.time(now))
                .bind("key", wanted.idempotency().map(NewJob.Idempotency::key))
                .bind("hash", wanted.idempotency().map(NewJob.Idempotency::requestSha256))
                .execute();
        wanted.metadata()
                .forEach(
                        (name, value) ->
                                handle.createUpdate(
                                                "insert into job_metadata (job_id, name, content) values"
                                                        + " (:id, :name, :value)")
                                        .bind("id", id)
                                        .bind("name", name)
                                        .bind("value", value)
                                        .execute());
        changes.tell(handle, id, Level.INFO, "Job created, validating files.");
        return JobRows.find(handle, id).orElseThrow();
    }

    private String newId() {
        StringBuilder id = new StringBuilder("ftjob-");
        random.ints(ID_LENGTH, 0, ID_CHARACTERS.length())
                .forEach(index -> id.append(ID_CHARACTERS.charAt(index)));
        return id.toString();
    }
}
