package dev.ortune.job;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Jobs as rows; the SQL that the store and the queue share. */
final class JobRows {

    private JobRows() {}

    /** A job by its id, locked until the transaction ends. */
    static Optional<Job> locked(Handle handle, String id) {
        return one(handle, "select * from job where id = :id for update", Map.of("id", id));
    }

    /** A job by its id. */
    static Optional<Job> find(Handle handle, String id) {
        return one(handle, "select * from job where id = :id", Map.of("id", id));
    }

    /** The one job of a query, if there is one. */
    static Optional<Job> one(Handle handle, String sql, Map<String, ?> values) {
        return all(handle, sql, values).stream().findFirst();
    }

    /** The jobs of a query, in its order, with their metadata. */
    static List<Job> all(Handle handle, String sql, Map<String, ?> values) {
        List<Job> jobs =
                handle.createQuery(sql)
                        .bindMap(values)
                        .map((rs, context) -> job(rs, Map.of()))
                        .list();
        if (jobs.isEmpty()) {
            return jobs;
        }
        Map<String, Map<String, String>> metadata = new HashMap<>();
        handle.createQuery("select job_id, name, content from job_metadata where job_id in (<ids>)")
                .bindList("ids", jobs.stream().map(Job::id).toList())
                .map(
                        (rs, context) ->
                                metadata.computeIfAbsent(
                                                rs.getString("job_id"), id -> new LinkedHashMap<>())
                                        .put(rs.getString("name"), rs.getString("content")))
                .list();
        Map<String, List<String>> files = new HashMap<>();
        handle.createQuery(
                        "select job_id, file_id from job_file where job_id in (<ids>) order by file_id")
                .bindList("ids", jobs.stream().map(Job::id).toList())
                .map(
                        (rs, context) ->
                                files.computeIfAbsent(
                                                rs.getString("job_id"), id -> new ArrayList<>())
                                        .add(rs.getString("file_id")))
                .list();
        return jobs.stream()
                .map(
                        job ->
                                with(
                                        job,
                                        metadata.getOrDefault(job.id(), Map.of()),
                                        files.getOrDefault(job.id(), List.of())))
                .toList();
    }

    /** A time as both databases take it. */
    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static Optional<Instant> time(ResultSet rs, String column) throws SQLException {
        return Optional.ofNullable(rs.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }

    private static Job job(ResultSet rs, Map<String, String> metadata) throws SQLException {
        String failureMessage = rs.getString("failure_message");
        return new Job(
                rs.getString("id"),
                rs.getLong("sequence"),
                rs.getString("tenant"),
                JobStatus.valueOf(rs.getString("status")),
                Optional.ofNullable(rs.getString("wish")).map(JobWish::valueOf),
                rs.getInt("priority"),
                rs.getString("specification"),
                metadata,
                time(rs, "created_at").orElseThrow(),
                time(rs, "started_at"),
                time(rs, "finished_at"),
                Optional.ofNullable(rs.getString("failure_code"))
                        .map(code -> new JobFailure(code, failureMessage)),
                Optional.ofNullable(rs.getString("result_model")),
                new JobProgress(
                        rs.getInt("step"), rs.getInt("total_steps"), rs.getInt("checkpoint_step")),
                rs.getLong("trained_tokens"),
                time(rs, "estimated_finish"),
                rs.getLong("memory_bytes"),
                List.of(),
                rs.getInt("deaths"));
    }

    private static Job with(Job job, Map<String, String> metadata, List<String> resultFiles) {
        return new Job(
                job.id(),
                job.sequence(),
                job.tenant(),
                job.status(),
                job.wish(),
                job.priority(),
                job.specification(),
                metadata,
                job.createdAt(),
                job.startedAt(),
                job.finishedAt(),
                job.failure(),
                job.resultModel(),
                job.progress(),
                job.trainedTokens(),
                job.estimatedFinish(),
                job.memoryBytes(),
                resultFiles,
                job.deaths());
    }
}
