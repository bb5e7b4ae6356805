package dev.ortune.job;

import dev.ortune.error.OrtuneException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.JdbiException;

/**
 * One claimed job and its task.
 *
 * <p>The slot's thread runs it; the worker's clock beats its heart; whoever closes the worker asks it to
 * stop. The first reason to stop holds, but a lost lease overrides any.
 */
final class RunningTask implements TaskControl {

    private static final Logger LOG = Logger.getLogger(RunningTask.class);

    private static final Duration RETRY = Duration.ofMillis(200);

    private final JobQueue queue;
    private final InstantSource clock;
    private final Job job;
    private final AtomicReference<Lease> lease;
    private final AtomicReference<JobProgress> progress;
    private final AtomicReference<Optional<StopReason>> stop =
            new AtomicReference<>(Optional.empty());

    RunningTask(JobQueue queue, InstantSource clock, Claim claim) {
        this.queue = queue;
        this.clock = clock;
        this.job = claim.job();
        this.lease = new AtomicReference<>(claim.lease());
        this.progress = new AtomicReference<>(claim.job().progress());
    }

    @Override
    public void reached(JobProgress now) {
        progress.set(now);
    }

    @Override
    public Lease lease() {
        return lease.get();
    }

    @Override
    public Optional<StopReason> stopAsked() {
        return stop.get();
    }

    void stop(StopReason reason) {
        stop.updateAndGet(
                before ->
                        before.isEmpty() || reason == StopReason.LEASE_LOST
                                ? Optional.of(reason)
                                : before);
    }

    /** Renews the lease; a database that cannot be reached may come back before it has run out. */
    void beat() {
        beat(clock.instant());
    }

    private void beat(Instant now) {
        try {
            Optional<Heartbeat> answer = queue.heartbeat(lease.get(), progress.get());
            if (answer.isEmpty()) {
                stop(StopReason.LEASE_LOST);
                return;
            }
            lease.set(answer.get().lease());
            answer.get()
                    .wish()
                    .ifPresent(
                            wish ->
                                    stop(
                                            wish == JobWish.CANCEL
                                                    ? StopReason.CANCEL
                                                    : StopReason.PAUSE));
        } catch (RuntimeException e) {
            LOG.warnf(e, "The heartbeat of job %s failed", job.id());
            if (now.isAfter(lease.get().until())) {
                stop(StopReason.LEASE_LOST);
            }
        }
    }

    /** Works; what goes wrong becomes the job's failure. */
    JobOutcome run(JobTask task) {
        JobOutcome outcome;
        try {
            outcome = task.run(job, this);
        } catch (OrtuneException e) {
            outcome = new JobOutcome.Failed(new JobFailure(e.code().name(), e.getMessage()));
        } catch (JdbiException e) {
            // The job is not at fault where the database is away; a fault of ours ends as deaths
            // do.
            LOG.warnf(e, "Job %s cannot use the database", job.id());
            outcome = new JobOutcome.Lost("it could not use the database");
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "Job %s failed", job.id());
            outcome = new JobOutcome.Failed(new JobFailure("INTERNAL", "The job failed inside."));
        }
        leave(outcome);
        return outcome;
    }

    /** A database that is away may come back while the lease holds. */
    private void leave(JobOutcome outcome) {
        while (true) {
            try {
                // The last steps first, so that the count of deaths is right whatever comes.
                beat(Instant.MIN);
                if (!queue.leave(lease.get(), outcome)) {
                    LOG.warnf("The lease of job %s was lost; another worker has it", job.id());
                }
                return;
            } catch (RuntimeException e) {
                if (clock.instant().isAfter(lease.get().until()) || !pause()) {
                    LOG.errorf(e, "Job %s goes on once its lease has run out", job.id());
                    return;
                }
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(RETRY.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
