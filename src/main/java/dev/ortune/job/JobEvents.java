package dev.ortune.job;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What happened to jobs, numbered without gaps per job. Thread-safe. */
public final class JobEvents {

    private static final String LAST =
            "select * from job_event where job_id = :id and number < :number order by number desc limit"
                    + " :limit";

    private static final String NEXT =
            "select * from job_event where job_id = :id and number > :number order by number limit"
                    + " :limit";

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
        return database.inTransaction(
                handle -> {
                    add(handle, clock, jobId, level, message, data);
                    return events(handle, LAST, jobId, Long.MAX_VALUE, 1).get(0);
                });
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
                        add(handle, clock, jobId, level, message, data);
                        handle.createUpdate(
                                        "update job_event set topic = :topic where job_id = :id and"
                                                + " number = (select event_count from job where id"
                                                + " = :id)")
                                .bind("topic", topic)
                                .bind("id", jobId)
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
        return database.withHandle(handle -> events(handle, LAST, jobId, before, limit));
    }

    /**
     * A job's events in their order.
     *
     * @param after only those with a greater number; 0 for all
     */
    public List<JobEvent> after(String jobId, long after, int limit) {
        return database.withHandle(handle -> events(handle, NEXT, jobId, after, limit));
    }

    private static List<JobEvent> events(
            Handle handle, String sql, String jobId, long number, int limit) {
        return handle.createQuery(sql)
                .bind("id", jobId)
                .bind("number", number)
                .bind("limit", limit)
                .map((rs, context) -> event(rs))
                .list();
    }

    private static JobEvent event(ResultSet rs) throws SQLException {
        return new JobEvent(
                rs.getString("job_id"),
                rs.getLong("number"),
                JobRows.time(rs, "created_at").orElseThrow(),
                JobEvent.Level.valueOf(rs.getString("level")),
                rs.getString("message"),
                rs.getString("data"));
    }

    /** Adds an event within a transaction; the job's row lock gives the numbers their order. */
    static void add(
            Handle handle,
            InstantSource clock,
            String jobId,
            JobEvent.Level level,
            String message,
            String data) {
        int rows =
                handle.createUpdate("update job set event_count = event_count + 1 where id = :id")
                        .bind("id", jobId)
                        .execute();
        if (rows == 0) {
            throw JobFault.notFound(jobId);
        }
        handle.createUpdate(
                        "insert into job_event (job_id, number, created_at, level, message, data)"
                                + " select id, event_count, :at, :level, :message, :data from job"
                                + " where id = :id")
                .bind("id", jobId)
                .bind("at", JobRows.time(clock.instant()))
                .bind("level", level.name())
                .bind("message", message)
                .bind("data", data)
                .execute();
    }
}
