package dev.ortune.tuning;

import dev.ortune.base.OrtuneHome;
import dev.ortune.database.Database;
import dev.ortune.job.JobEvents;
import dev.ortune.job.JobJournal;
import dev.ortune.job.JobQueue;
import dev.ortune.job.JobStore;
import dev.ortune.job.JobWorker;
import dev.ortune.job.TrainingLane;
import dev.ortune.job.ValidationLane;
import dev.ortune.job.WorkerSettings;
import dev.ortune.repository.AdapterRepository;
import dev.ortune.role.RoleConfiguration;
import dev.ortune.storage.SharedStorage;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Starts the worker with the service, and ends it before anything that it works with: what is being
 * trained is saved and left to whoever comes next.
 */
@Singleton
final class TuningLifecycle {

    private static final Logger LOG = Logger.getLogger(TuningLifecycle.class);

    /** The first statements of a process are slow, and the start is not over. */
    private static final Duration REST = Duration.ofMillis(500);

    private final WorkerConfiguration configuration;
    private final RoleConfiguration role;
    private final JobBackup backup;
    private final OrtuneHome home;
    private final Database database;
    private final AdapterRepository repository;
    private final JobStore jobs;
    private final JobQueue queue;
    private final JobEvents events;
    private final JobJournal journal;
    private final JobInspector inspector;
    private final JobResults results;
    private final TuningMetrics metrics;
    private final WorkerMetrics workerMetrics;
    private Optional<JobWorker> worker = Optional.empty();
    private Optional<JobJanitor> janitor = Optional.empty();

    TuningLifecycle(
            WorkerConfiguration configuration,
            RoleConfiguration role,
            SharedStorage storage,
            OrtuneHome home,
            Database database,
            AdapterRepository repository,
            JobStore jobs,
            JobQueue queue,
            JobEvents events,
            JobJournal journal,
            JobInspector inspector,
            JobResults results,
            TuningMetrics metrics,
            WorkerMetrics workerMetrics) {
        this.configuration = configuration;
        this.role = role;
        this.backup = storage.objects().<JobBackup>map(ObjectBackup::new).orElse(JobBackup.NONE);
        this.home = home;
        this.database = database;
        this.repository = repository;
        this.jobs = jobs;
        this.queue = queue;
        this.events = events;
        this.journal = journal;
        this.inspector = inspector;
        this.results = results;
        this.metrics = metrics;
        this.workerMetrics = workerMetrics;
    }

    void start(@Observes StartupEvent event) {
        WorkerSize size = WorkerSize.of(configuration);
        if (!configuration.enabled() || !role.role().trains()) {
            return;
        }
        if (!repository.canChange()) {
            LOG.warn("Another process owns the repository of models: this one trains no jobs");
            return;
        }
        if (database.isEmbedded()) {
            queue.endLeases();
        }
        TrainingSettings settings =
                new TrainingSettings(
                        TuningBeans.jobFolders(home),
                        configuration.checkpointSteps(),
                        configuration.grace());
        InstantSource clock = InstantSource.system();
        TrainingTask training =
                new TrainingTask(
                        TrainingProgram.self(
                                home.directory(), configuration.niceness(), configuration.heap()),
                        inspector,
                        results,
                        backup,
                        new TrainingReporter.Places(journal, events, metrics),
                        clock,
                        settings);
        ValidationTask validation =
                new ValidationTask(inspector, results, events, settings, size.memoryBytes());
        worker =
                Optional.of(
                        new JobWorker(
                                queue,
                                List.of(
                                        new ValidationLane(queue, validation),
                                        new TrainingLane(
                                                queue, training, size.slots(), size.memoryBytes())),
                                clock,
                                new WorkerSettings(
                                        workerName(),
                                        REST,
                                        configuration.poll(),
                                        configuration.heartbeat()),
                                workerMetrics));
        janitor = Optional.of(new JobJanitor(jobs, settings.jobs(), backup, clock).start());
        LOG.debugf("Training up to %d job(s), %d thread(s) each", size.slots(), size.threads());
    }

    /** Tells workers apart in logs: a pod's name, or a machine's, and the process. */
    private static String workerName() {
        String host = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("worker");
        return host + "-" + ProcessHandle.current().pid();
    }

    void stop(@Observes ShutdownEvent event) {
        worker.ifPresent(JobWorker::close);
        janitor.ifPresent(JobJanitor::close);
    }
}
