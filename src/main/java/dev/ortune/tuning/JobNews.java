package dev.ortune.tuning;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.job.EventFeed;
import dev.ortune.job.Job;
import dev.ortune.job.JobEvent;
import dev.ortune.job.JobEvents;
import dev.ortune.job.JobJournal;
import dev.ortune.job.JobStep;
import dev.ortune.job.JobStore;
import dev.ortune.repository.AdapterRepository;
import dev.ortune.repository.ModelName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What jobs tell while they are worked on: events, epochs, steps. A tenant's requests never find
 * another one's jobs. Thread-safe.
 *
 * <p>Every method throws {@code JOB_NOT_FOUND} as an {@link InvalidInputException}.
 */
public final class JobNews {

    /** A follower that is so many events behind is let go. */
    public static final int MOST_WAITING = 10_000;

    private final JobStore jobs;
    private final JobEvents events;
    private final JobJournal journal;
    private final EventFeed feed;
    private final AdapterRepository repository;

    public JobNews(
            JobStore jobs,
            JobEvents events,
            JobJournal journal,
            EventFeed feed,
            AdapterRepository repository) {
        this.jobs = jobs;
        this.events = events;
        this.journal = journal;
        this.feed = feed;
        this.repository = repository;
    }

    /**
     * A job's events, newest first.
     *
     * @param after only those older than the event of this id
     * @throws InvalidInputException {@code INVALID_REQUEST} when it is none of the job's
     */
    public NewsPage<JobEvent> events(
            String tenant, String jobId, Optional<String> after, int limit) {
        Job job = jobs.get(tenant, jobId);
        long before =
                after.map(event -> EventId.number(event, job.id(), "after")).orElse(Long.MAX_VALUE);
        return NewsPage.of(events.before(job.id(), before, limit + 1), limit);
    }

    /**
     * A job's events as they come.
     *
     * @param after only those with a greater number; 0 for all
     * @param listener called on the feed's thread
     */
    public EventFeed.Subscription follow(
            String tenant, String jobId, long after, EventFeed.Listener listener) {
        return feed.listen(jobs.get(tenant, jobId).id(), after, listener);
    }

    /**
     * What a job's epochs brought, newest first.
     *
     * @param after only those older than the checkpoint of this id
     * @throws InvalidInputException {@code INVALID_REQUEST} when it is none of the job's
     */
    public NewsPage<JobCheckpoint> checkpoints(
            String tenant, String jobId, Optional<String> after, int limit) {
        Job job = jobs.get(tenant, jobId);
        List<JobCheckpoint> all = JobCheckpoint.of(job, journal.epochs(job.id()), aliases(job));
        int from = after.map(last -> indexAfter(all, last)).orElse(0);
        return NewsPage.of(all.subList(from, all.size()), limit);
    }

    /**
     * A job's steps in their order.
     *
     * @param after only those with a greater number; 0 for all
     */
    public NewsPage<JobStep> steps(String tenant, String jobId, int after, int limit) {
        Job job = jobs.get(tenant, jobId);
        return NewsPage.of(journal.steps(job.id(), after, limit + 1), limit);
    }

    /** All of a job's steps, as CSV. */
    public String stepsCsv(String tenant, String jobId) {
        return new StepsCsv(journal).of(jobs.get(tenant, jobId).id());
    }

    /** Of the job's model, if it is still there. */
    private Set<String> aliases(Job job) {
        return job.resultModel()
                .flatMap(model -> repository.find(new ModelName(job.tenant(), model)))
                .map(model -> model.aliases().keySet())
                .orElse(Set.of());
    }

    private static int indexAfter(List<JobCheckpoint> all, String id) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).id().equals(id)) {
                return i + 1;
            }
        }
        throw InvalidInputException.ofField(
                ErrorCode.INVALID_REQUEST,
                "after",
                "the job has no such checkpoint",
                "Give the id of the last one of the page before.");
    }
}
