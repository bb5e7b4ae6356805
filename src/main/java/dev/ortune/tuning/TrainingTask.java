package dev.ortune.tuning;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.OrtuneException;
import dev.ortune.error.UnavailableException;
import dev.ortune.io.AtomicFiles;
import dev.ortune.job.Job;
import dev.ortune.job.JobFailure;
import dev.ortune.job.JobOutcome;
import dev.ortune.job.JobTask;
import dev.ortune.job.StopReason;
import dev.ortune.job.TaskControl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Trains a job in a process of its own and publishes what comes of it. Whatever kills either process,
 * doing it again ends the same: the training goes on from its checkpoint, an adapter that is whole is
 * not trained again, a model that is published is not published again.
 *
 * <p>Called by the worker's threads, one job each.
 */
public final class TrainingTask implements JobTask {

    private static final Logger LOG = Logger.getLogger(TrainingTask.class);
    private static final Duration LISTEN = Duration.ofMillis(100);
    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(2);
    private static final int NO_SLOT = -1;

    private final TrainingProgram program;
    private final JobInspector inspector;
    private final JobResults results;
    private final JobBackup backup;
    private final TrainingReporter.Places places;
    private final InstantSource clock;
    private final TrainingSettings settings;
    private final Slots slots = new Slots();

    TrainingTask(
            TrainingProgram program,
            JobInspector inspector,
            JobResults results,
            JobBackup backup,
            TrainingReporter.Places places,
            InstantSource clock,
            TrainingSettings settings) {
        this.program = program;
        this.inspector = inspector;
        this.results = results;
        this.backup = backup;
        this.places = places;
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public JobOutcome run(Job job, TaskControl control) {
        while (true) {
            try {
                return work(job, control);
            } catch (UnavailableException e) {
                if (e.code() != ErrorCode.STORAGE_UNAVAILABLE) {
                    throw e;
                }
                LOG.warnf("Job %s waits: %s", job.id(), e.getMessage());
                LOG.debug("Why", e);
                if (!pause() || control.stopAsked().isPresent()) {
                    return control.stopAsked().orElse(StopReason.SHUTDOWN).outcome();
                }
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(BEFORE_NEXT_TRY.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private JobOutcome work(Job job, TaskControl control) {
        try {
            JobFolder folder = JobFolder.of(settings.jobs(), job.id());
            if (Files.exists(folder.published())) {
                return new JobOutcome.Succeeded(Files.readString(folder.published()));
            }
            backup.restore(job.id(), folder);
            if (!retold(job, folder, control)) {
                return control.stopAsked().orElse(StopReason.SHUTDOWN).outcome();
            }
            if (!Files.exists(folder.adapter())) {
                Optional<JobOutcome> end = train(job, folder, control);
                if (end.isPresent()) {
                    return end.get();
                }
            }
            if (control.stopAsked().filter(StopReason.LEASE_LOST::equals).isPresent()) {
                return StopReason.LEASE_LOST.outcome();
            }
            String model = results.publish(job, folder);
            AtomicFiles.write(
                    folder.published(), out -> out.write(model.getBytes(StandardCharsets.UTF_8)));
            folder.clear();
            return new JobOutcome.Succeeded(model);
        } catch (OrtuneException e) {
            if (e.code() == ErrorCode.DISK_FULL) {
                return new JobOutcome.Held(failure(e));
            }
            throw e;
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(settings.jobs(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return StopReason.SHUTDOWN.outcome();
        }
    }

    /** Makes up for what earlier workers could not write; false when this one is to stop. */
    private boolean retold(Job job, JobFolder folder, TaskControl control)
            throws InterruptedException {
        return new NewsFile(folder.news())
                .retell(new TrainingReporter(job, control, places.unheard(), clock, NO_SLOT));
    }

    /** Trains to the adapter; what the job becomes if there is none. */
    private Optional<JobOutcome> train(Job job, JobFolder folder, TaskControl control)
            throws InterruptedException {
        List<String> arguments = inspector.arguments(job, folder, settings.checkpointSteps());
        int slot = slots.take();
        TrainingReporter reporter = new TrainingReporter(job, control, places, clock, slot);
        try (RunningBackup saved =
                        new RunningBackup(
                                backup, job.id(), folder, () -> isMine(control), settings.grace());
                TrainingProcess process = TrainingProcess.start(program, arguments, folder.log())) {
            Optional<TrainingNews> last = listen(process, reporter, saved, control);
            int exitCode = process.exitCode();
            if (!reporter.writeAll()) {
                return Optional.of(control.stopAsked().orElse(StopReason.SHUTDOWN).outcome());
            }
            return outcome(last, exitCode, folder, control);
        } finally {
            places.listener().ended(slot);
            slots.giveBack(slot);
        }
    }

    /** What the process says last. */
    private Optional<TrainingNews> listen(
            TrainingProcess process,
            TrainingReporter reporter,
            RunningBackup saved,
            TaskControl control)
            throws InterruptedException {
        Optional<TrainingNews> last = Optional.empty();
        Optional<Instant> deadline = Optional.empty();
        while (!process.isSilent()) {
            if (reporter.isFull()) {
                Thread.sleep(LISTEN.toMillis());
            } else {
                Optional<TrainingNews> next = process.next(LISTEN);
                next.ifPresent(reporter::hear);
                next.filter(TrainingNews.Saved.class::isInstance)
                        .ifPresent(news -> saved.checkpointWritten());
                last = next.isPresent() ? next : last;
            }
            reporter.writeIfDue();
            Optional<StopReason> stop = control.stopAsked();
            if (stop.isPresent() && deadline.isEmpty()) {
                deadline = Optional.of(clock.instant().plus(settings.grace()));
                process.stop();
            }
            if (stop.filter(StopReason.LEASE_LOST::equals).isPresent()
                    || deadline.filter(time -> clock.instant().isAfter(time)).isPresent()) {
                process.kill();
            }
        }
        return last;
    }

    private boolean isMine(TaskControl control) {
        return clock.instant().isBefore(control.lease().until())
                && control.stopAsked().filter(StopReason.LEASE_LOST::equals).isEmpty();
    }

    private Optional<JobOutcome> outcome(
            Optional<TrainingNews> last, int exitCode, JobFolder folder, TaskControl control) {
        if (Files.exists(folder.adapter())) {
            return Optional.empty();
        }
        Optional<StopReason> stop = control.stopAsked();
        if (last.isPresent() && last.get() instanceof TrainingNews.Refused refused) {
            return Optional.of(refused(refused, stop, folder));
        }
        return Optional.of(
                stop.map(StopReason::outcome)
                        .orElseGet(
                                () ->
                                        new JobOutcome.Lost(
                                                "its process ended with exit code " + exitCode)));
    }

    private static JobOutcome refused(
            TrainingNews.Refused refused, Optional<StopReason> stop, JobFolder folder) {
        String message = folder.withoutPlace(refused.message());
        return switch (refused.code()) {
            // Somebody else may have told it to end: this service's end, most likely.
            case "STOPPED" -> stop.orElse(StopReason.SHUTDOWN).outcome();
            case "DISK_FULL" -> new JobOutcome.Held(new JobFailure(refused.code(), message));
            case "OUT_OF_MEMORY", "RUNTIME_UNAVAILABLE", "CHECKPOINT_IN_USE" ->
                    new JobOutcome.Lost("its process said: " + message);
            default ->
                    new JobOutcome.Failed(
                            new JobFailure(
                                    refused.code(),
                                    message + " " + folder.withoutPlace(refused.remedy())));
        };
    }

    private static JobFailure failure(OrtuneException fault) {
        return new JobFailure(fault.code().name(), fault.getMessage());
    }
}
