package dev.ortune.job;

import dev.ortune.job.JobEvent.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Hands jobs to workers: the highest priority first, then the tenant with the fewest running jobs, then
 * the oldest job. A job whose worker fell silent goes to the next one.
 *
 * <p>Thread-safe, also among processes on the same database: rows are locked ({@code for update skip
 * locked}), so that no two workers get the same job and none waits for another.
 */
public final class JobQueue {

    private final Jdbi database;
    private final InstantSource clock;
    private final ClaimPolicy policy;
    private final JobChanges changes;
    private final WaitingJobs waiting;

    /** A queue whose changes a listener hears of. */
    public JobQueue(Jdbi database, InstantSource clock, ClaimPolicy policy, JobListener listener) {
        this.database = database;
        this.clock = clock;
        this.policy = policy;
        this.changes = new JobChanges(clock, listener);
        this.waiting = new WaitingJobs(policy.maxRunningPerTenant());
    }

    /**
     * Takes a job to train.
     *
     * @param worker its name, for people
     * @return empty when nothing may be taken now
     */
    public Optional<Claim> claim(String worker, Capacity capacity) {
        return database.inTransaction(
                handle -> {
                    giveBackAbandoned(handle, JobStatus.RUNNING);
                    return waiting.next(handle, capacity).map(job -> lease(handle, job, worker));
                });
    }

    /**
     * Takes a job whose files are to be looked through, the oldest first.
     *
     * @return empty when there is none
     */
    public Optional<Claim> claimToValidate(String worker) {
        return database.inTransaction(
                handle -> {
                    giveBackAbandoned(handle, JobStatus.VALIDATING_FILES);
                    return WaitingJobs.nextToValidate(handle)
                            .map(job -> lease(handle, job, worker));
                });
    }

    /**
     * Ends every lease. For a process that knows that it is the only one on its database, before it
     * claims anything: whoever held them is gone, and nobody need wait until they run out.
     */
    public void endLeases() {
        database.useHandle(
                handle ->
                        handle.createUpdate(
                                        "update job set lease_until = :past where lease_token is not"
                                                + " null")
                                .bind("past", JobRows.time(Instant.EPOCH))
                                .execute());
    }

    /**
     * A worker is alive, and has come so far.
     *
     * @return empty when the lease is lost: the worker must leave the job alone
     */
    public Optional<Heartbeat> heartbeat(Lease lease, JobProgress progress) {
        return database.inTransaction(
                handle -> {
                    Optional<Job> held = held(handle, lease);
                    if (held.isEmpty()) {
                        return Optional.empty();
                    }
                    Instant until = clock.instant().plus(policy.lease());
                    boolean saved =
                            progress.checkpointStep() > held.get().progress().checkpointStep();
                    handle.createUpdate(
                                    "update job set lease_until = :until, step = :step, total_steps ="
                                            + " :total, checkpoint_step = :saved, deaths = :deaths"
                                            + " where id = :id")
                            .bind("until", JobRows.time(until))
                            .bind("step", progress.step())
                            .bind("total", progress.totalSteps())
                            .bind("saved", progress.checkpointStep())
                            .bind("deaths", saved ? 0 : held.get().deaths())
                            .bind("id", lease.jobId())
                            .execute();
                    return Optional.of(
                            new Heartbeat(
                                    new Lease(lease.jobId(), lease.worker(), lease.token(), until),
                                    held.get().wish()));
                });
    }

    /**
     * A worker leaves its job.
     *
     * @return whether the lease still held; otherwise nothing has changed
     */
    public boolean leave(Lease lease, JobOutcome outcome) {
        return database.inTransaction(
                handle -> {
                    Optional<Job> held = held(handle, lease);
                    held.ifPresent(job -> leave(handle, job, outcome));
                    return held.isPresent();
                });
    }

    private void leave(Handle handle, Job job, JobOutcome outcome) {
        Level level = Level.INFO;
        String message;
        if (outcome instanceof JobOutcome.Lost lost) {
            lost(handle, job, lost.how());
            return;
        }
        if (job.status() == JobStatus.VALIDATING_FILES && outcome instanceof JobOutcome.GivenUp) {
            changes.unlease(handle, job.id());
            return;
        }
        if (outcome instanceof JobOutcome.Validated validated) {
            changes.sized(handle, job.id(), validated);
            message = "Files validated, job queued.";
        } else if (outcome instanceof JobOutcome.Succeeded success) {
            handle.createUpdate("update job set result_model = :model where id = :id")
                    .bind("model", success.model())
                    .bind("id", job.id())
                    .execute();
            message = "Job succeeded: model " + success.model() + ".";
        } else if (outcome instanceof JobOutcome.Failed failed) {
            changes.fail(handle, job.id(), failed.failure());
            level = Level.ERROR;
            message = failed.failure().message();
        } else if (outcome instanceof JobOutcome.Held held) {
            level = Level.ERROR;
            message = "Job paused: " + held.reason().message();
        } else if (outcome instanceof JobOutcome.Paused) {
            message = "Job paused.";
        } else if (outcome instanceof JobOutcome.Cancelled) {
            message = "Job cancelled.";
        } else {
            message = "The worker ends; the job waits for another one.";
        }
        // A job that was given up on the way to a pause or cancellation arrives there.
        JobStatus status = outcome.status();
        if (status == JobStatus.QUEUED && job.wish().isPresent()) {
            status = job.wish().get() == JobWish.CANCEL ? JobStatus.CANCELLED : JobStatus.PAUSED;
        }
        changes.become(handle, job, status, level, message);
    }

    private Optional<Job> held(Handle handle, Lease lease) {
        return JobRows.one(
                handle,
                "select * from job where id = :id and lease_token = :token and lease_until >= :now for"
                        + " update",
                Map.of(
                        "id",
                        lease.jobId(),
                        "token",
                        lease.token(),
                        "now",
                        JobRows.time(clock.instant())));
    }

    /** Jobs whose workers fell silent wait again, those first that were taken first. */
    private void giveBackAbandoned(Handle handle, JobStatus status) {
        JobRows.all(
                        handle,
                        "select * from job where status = :status and lease_until < :now order by"
                                + " sequence for update skip locked",
                        Map.of("status", status.name(), "now", JobRows.time(clock.instant())))
                .forEach(job -> lost(handle, job, "it fell silent"));
    }

    /** Counts the death; one too many ends the job, or its owner's wish does. */
    private void lost(Handle handle, Job job, String how) {
        int deaths = job.deaths() + 1;
        handle.createUpdate("update job set deaths = :deaths where id = :id")
                .bind("deaths", deaths)
                .bind("id", job.id())
                .execute();
        if (job.wish().isPresent()) {
            boolean cancel = job.wish().get() == JobWish.CANCEL;
            changes.become(
                    handle,
                    job,
                    cancel ? JobStatus.CANCELLED : JobStatus.PAUSED,
                    Level.INFO,
                    cancel ? "Job cancelled." : "Job paused.");
            return;
        }
        if (deaths >= policy.maxDeaths()) {
            JobFailure failure =
                    new JobFailure(
                            "WORKER_LOST",
                            "The worker was lost "
                                    + deaths
                                    + " times after step "
                                    + job.progress().checkpointStep()
                                    + ", the last time because "
                                    + how
                                    + ".");
            changes.fail(handle, job.id(), failure);
            changes.become(handle, job, JobStatus.FAILED, Level.ERROR, failure.message());
            return;
        }
        String message =
                "The worker was lost because "
                        + how
                        + "; another one goes on after step "
                        + job.progress().checkpointStep()
                        + " or an earlier checkpoint.";
        if (job.status() == JobStatus.RUNNING) {
            changes.become(handle, job, JobStatus.QUEUED, Level.WARN, message);
        } else {
            changes.unlease(handle, job.id());
        }
    }

    private Claim lease(Handle handle, Job job, String worker) {
        // As databases keep it.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Lease lease =
                new Lease(job.id(), worker, UUID.randomUUID().toString(), now.plus(policy.lease()));
        if (job.status() != JobStatus.QUEUED) {
            changes.lease(handle, job, lease);
            return new Claim(job, lease);
        }
        return new Claim(changes.run(handle, job, lease, now), lease);
    }
}
