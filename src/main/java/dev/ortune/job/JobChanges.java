package dev.ortune.job;

import dev.ortune.job.JobEvent.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** How a job's row changes its status; what the store and the queue share. */
final class JobChanges {

    private static final String NO_DATA = "{}";

    private final InstantSource clock;
    private final JobListener listener;

    JobChanges(InstantSource clock, JobListener listener) {
        this.clock = clock;
        this.listener = listener;
    }

    /** Changes the status, which ends any lease, and tells of it. */
    void become(Handle handle, Job job, JobStatus status, Level level, String message) {
        if (!job.status().next().contains(status)) {
            throw new IllegalStateException(job.id() + ": " + job.status() + " to " + status);
        }
        handle.createUpdate(
                        "update job set status = :status, finished_at = :finished, wish = null,"
                                + " lease_worker = null, lease_token = null, lease_until = null,"
                                + " estimated_finish = null where id = :id")
                .bind("status", status.name())
                .bind(
                        "finished",
                        Optional.of(JobRows.time(clock.instant())).filter(at -> status.isFinal()))
                .bind("id", job.id())
                .execute();
        tell(handle, job.id(), level, message);
        listener.changed(handle, job, status);
    }

    /** A worker takes the job to look it through. */
    void lease(Handle handle, Job job, Lease lease) {
        bind(
                        handle.createUpdate(
                                "update job set lease_worker = :worker, lease_token = :token,"
                                        + " lease_until = :until where id = :id"),
                        job,
                        lease)
                .execute();
    }

    /** Ends a lease and nothing else. */
    void unlease(Handle handle, String id) {
        handle.createUpdate(
                        "update job set lease_worker = null, lease_token = null, lease_until = null"
                                + " where id = :id")
                .bind("id", id)
                .execute();
    }

    /** A worker takes the queued job, which runs from now on; the job as it is then. */
    Job run(Handle handle, Job job, Lease lease, Instant now) {
        bind(
                        handle.createUpdate(
                                "update job set status = 'RUNNING', started_at ="
                                        + " coalesce(started_at, :now), lease_worker = :worker,"
                                        + " lease_token = :token, lease_until = :until where id ="
                                        + " :id"),
                        job,
                        lease)
                .bind("now", JobRows.time(now))
                .execute();
        tell(handle, job.id(), Level.INFO, "Job started.");
        listener.changed(handle, job, JobStatus.RUNNING);
        return job.running(now);
    }

    private static Update bind(Update update, Job job, Lease lease) {
        return update.bind("worker", lease.worker())
                .bind("token", lease.token())
                .bind("until", JobRows.time(lease.until()))
                .bind("id", job.id());
    }

    /** What a validated job will take. */
    void sized(Handle handle, String id, JobOutcome.Validated validated) {
        handle.createUpdate(
                        "update job set memory_bytes = :bytes, total_steps = :steps where id = :id")
                .bind("bytes", validated.memoryBytes())
                .bind("steps", validated.totalSteps())
                .bind("id", id)
                .execute();
    }

    /** Says why a job fails; it still has to become failed. */
    void fail(Handle handle, String id, JobFailure failure) {
        handle.createUpdate(
                        "update job set failure_code = :code, failure_message = :message where id ="
                                + " :id")
                .bind("code", failure.code())
                .bind("message", failure.message())
                .bind("id", id)
                .execute();
    }

    /** Adds an event without data. */
    void tell(Handle handle, String id, Level level, String message) {
        JobEvents.add(handle, clock, id, level, message, NO_DATA);
    }
}
