package dev.ortune.tuning;

import dev.ortune.access.Quotas;
import dev.ortune.base.OrtuneHome;
import dev.ortune.drain.Drain;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.file.Blobs;
import dev.ortune.file.FileStore;
import dev.ortune.file.FolderBlobs;
import dev.ortune.file.ObjectBlobs;
import dev.ortune.job.ClaimPolicy;
import dev.ortune.job.EventFeed;
import dev.ortune.job.JobEvents;
import dev.ortune.job.JobJournal;
import dev.ortune.job.JobListener;
import dev.ortune.job.JobQueue;
import dev.ortune.job.JobStore;
import dev.ortune.repository.AdapterRepository;
import dev.ortune.repository.AdapterUploads;
import dev.ortune.repository.KnownBases;
import dev.ortune.storage.SharedStorage;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/** Makes the parts of fine-tuning. {@link TuningLifecycle} starts and stops them. */
@Singleton
public final class TuningBeans {

    private static final InstantSource CLOCK = InstantSource.system();
    private static final Duration FEED_INTERVAL = Duration.ofMillis(200);

    @Produces
    @Singleton
    JobStore jobs(Jdbi database, JobListener listener) {
        return new JobStore(database, CLOCK, listener);
    }

    @Produces
    @Singleton
    JobEvents events(Jdbi database) {
        return new JobEvents(database, CLOCK);
    }

    /** Ends with the drain's beginning: a client that listens would hold it to its last second. */
    @Produces
    @Singleton
    EventFeed feed(JobStore jobs, JobEvents events, Drain drain) {
        EventFeed feed = new EventFeed(jobs, events, FEED_INTERVAL);
        drain.whenBegun(feed::close);
        return feed;
    }

    void close(@Disposes EventFeed feed) {
        feed.close();
    }

    @Produces
    @Singleton
    JobJournal journal(Jdbi database) {
        return new JobJournal(database, CLOCK);
    }

    @Produces
    @Singleton
    JobNews news(
            JobStore jobs,
            JobEvents events,
            JobJournal journal,
            EventFeed feed,
            AdapterRepository repository) {
        return new JobNews(jobs, events, journal, feed, repository);
    }

    @Produces
    @Singleton
    JobQueue queue(Jdbi database, WorkerConfiguration worker, JobListener listener, Quotas quotas) {
        if (worker.heartbeat().multipliedBy(2).compareTo(worker.lease()) > 0) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "ortune.worker.heartbeat is "
                            + worker.heartbeat()
                            + ", more than half of ortune.worker.lease, "
                            + worker.lease()
                            + ".",
                    "Set a shorter heartbeat or a longer lease.");
        }
        return new JobQueue(
                database,
                CLOCK,
                new ClaimPolicy(
                        worker.lease(),
                        tenant ->
                                quotas.of(tenant)
                                        .concurrentJobs()
                                        .orElse(worker.maxRunningPerTenant()),
                        worker.maxDeaths()),
                listener);
    }

    @Produces
    @Singleton
    FileStore files(Jdbi database, OrtuneHome home, Quotas quotas, SharedStorage storage) {
        Path folder = home.directory().resolve("files");
        return new FileStore(
                database,
                storage.objects()
                        .<Blobs>map(objects -> new ObjectBlobs(objects, folder))
                        .orElseGet(() -> new FolderBlobs(folder)),
                CLOCK,
                (tenant, used, more) -> quotas.of(tenant).requireStorage(used, more));
    }

    @Produces
    @Singleton
    JobInspector inspector(KnownBases bases, FileStore files, Quotas quotas) {
        return new JobInspector(bases, files, quotas);
    }

    @Produces
    @Singleton
    TuningMetrics metrics(MeterRegistry registry, JobStore jobs) {
        return new TuningMetrics(registry, jobs, CLOCK);
    }

    @Produces
    @Singleton
    WorkerMetrics workerMetrics(MeterRegistry registry) {
        return new WorkerMetrics(registry);
    }

    @Produces
    @Singleton
    JobResults results(AdapterUploads uploads, FileStore files, JobStore jobs, JobJournal journal) {
        return new JobResults(new ModelPublisher(uploads), files, jobs, journal);
    }

    @Produces
    @Singleton
    TuningService service(
            KnownBases bases,
            FileStore files,
            JobStore jobs,
            JobJournal journal,
            JobInspector inspector,
            OrtuneHome home,
            WorkerConfiguration worker) {
        return new TuningService(
                bases,
                files,
                jobs,
                journal,
                inspector,
                jobFolders(home),
                WorkerSize.of(worker).threads());
    }

    static Path jobFolders(OrtuneHome home) {
        return home.directory().resolve("jobs");
    }
}
