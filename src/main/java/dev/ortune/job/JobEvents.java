package dev.ortune.job;

import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What happened to jobs, numbered without gaps per job. Thread-safe. */
public final class JobEvents {

    private final Jdbi database;
    private final InstantSource clock;

    public JobEvents(Jdbi database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Adds an event.
     *
     * @param data a JSON object
     * @throws dev.ortune.error.InvalidInputException {@code JOB_NOT_FOUND}
     */
    public JobEvent add(String jobId, JobEvent.Level level, String message, String data) {
        return database.inTransaction(handle -> add(handle, clock, jobId, level, message, data));
    }

    /**
     * Adds an event unless the job has one on this topic: a job that goes on from a checkpoint comes
     * by the same points again.
     *
     * @param topic a word for what happened, as in {@code epoch-3}
     */
    public void addOnce(
            String jobId, String topic, JobEvent.Level level, String message, String data) {
        database.useTransaction(
                handle -> {
                    // The job's row first, as everywhere: locks in one order never wait in a
                    // circle.
                    if (JobRows.locked(handle, jobId).isEmpty()) {
                        throw JobFault.notFound(jobId);
                    }
                    boolean told =
                            handle.createQuery(
                                                    "select count(*) from job_event where job_id = :id and"
                                                            + " topic = :topic")
                                            .bind("id", jobId)
                                            .bind("topic", topic)
                                            .mapTo(Long.class)
                                            .one()
                                    > 0;
                    if (!told) {
                        long number = add(handle, clock, jobId, level, message, data).number();
                        handle.createUpdate(
                                        "update job_event set topic = :topic where job_id = :id and"
                                                + " number = :number")
                                .bind("topic", topic)
                                .bind("id", jobId)
                                .bind("number", number)
                                .execute();
                    }
                });
    }

    /**
     * A job's events before one of them, newest first, as lists show them.
     *
     * @param before only those with a smaller number
     */
    public List<JobEvent> before(String jobId, long before, int limit) {
        return events(
                "select * from job_event where job_id = :id and number < :number order by number desc"
                        + " limit :limit",
                jobId,
                before,
                limit);
    }

    /**
     * A job's events in their order.
     *
     * @param after only those with a greater number; 0 for all
     */
    public List<JobEvent> after(String jobId, long after, int limit) {
        return events(
                "select * from job_event where job_id = :id and number > :number order by number limit"
                        + " :limit",
                jobId,
                after,
                limit);
    }

    private List<JobEvent> events(String sql, String jobId, long number, int limit) {
        return database.withHandle(
                handle ->
                        handle.createQuery(sql)
                                .bind("id", jobId)
                                .bind("number", number)
                                .bind("limit", limit)
                                .map(
                                        (rs, context) ->
                                                new JobEvent(
                                                        rs.getString("job_id"),
                                                        rs.getLong("number"),
                                                        JobRows.time(rs, "created_at")
                                                                .orElseThrow(),
                                                        JobEvent.Level.valueOf(
                                                                rs.getString("level")),
                                                        rs.getString("message"),
                                                        rs.getString("data")))
                                .list());
    }

    /** Adds an event within a transaction; the job's row lock gives the numbers their order. */
    static JobEvent add(
            Handle handle,
            InstantSource clock,
            String jobId,
            JobEvent.Level level,
            String message,
            String data) {
        long number =
                1
                        + handle.createQuery(
                                        "select event_count from job where id = :id for update")
                                .bind("id", jobId)
                                .mapTo(Long.class)
                                .findOne()
                                .orElseThrow(() -> JobFault.notFound(jobId));
        JobEvent event = new JobEvent(jobId, number, clock.instant(), level, message, data);
        handle.createUpdate("update job set event_count = :number where id = :id")
                .bind("number", number)
                .bind("id", jobId)
                .execute();
        handle.createUpdate(
                        "insert into job_event (job_id, number, created_at, level, message, data)"
                                + " values (:id, :number, :at, :level, :message, :data)")
                .bind("id", jobId)
                .bind("number", number)
                .bind("at", JobRows.time(event.createdAt()))
                .bind("level", level.name())
                .bind("message", message)
                .bind("data", data)
                .execute();
        return event;
    }
}
