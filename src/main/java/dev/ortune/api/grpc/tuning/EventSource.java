package dev.ortune.api.grpc.tuning;

import dev.ortune.api.grpc.MessageSource;
import dev.ortune.api.grpc.proto.v1.FineTuningEvent;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.RefusedException;
import dev.ortune.error.UnavailableException;
import dev.ortune.job.EventFeed;
import dev.ortune.job.JobEvent;
import dev.ortune.tuning.JobNews;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A job's events for one client. The feed's thread puts them in, the thread that sends takes them out;
 * a client that is too far behind is let go.
 */
final class EventSource implements MessageSource<FineTuningEvent> {

    private static final String REMEDY =
            "Ask again with after_number, the number of the last event that came.";

    private final Queue<JobEvent> waiting = new LinkedBlockingQueue<>(JobNews.MOST_WAITING);
    private final EventFeed.Subscription subscription;
    private volatile boolean isEnded;
    private volatile boolean isStopped;
    private volatile boolean isTooSlow;

    /**
     * Begins to listen.
     *
     * @param after only events with a greater number; 0 for all
     * @param hasMore called when something has happened, by the feed's thread
     * @throws dev.ortune.error.InvalidInputException {@code JOB_NOT_FOUND}
     */
    EventSource(JobNews news, String tenant, String jobId, long after, Runnable hasMore) {
        this.subscription = news.follow(tenant, jobId, after, new Inlet(hasMore));
    }

    /** Where the feed puts in. */
    private final class Inlet implements EventFeed.Listener {

        private final Runnable hasMore;

        Inlet(Runnable hasMore) {
            this.hasMore = hasMore;
        }

        @Override
        public void happened(List<JobEvent> events) {
            if (!events.stream().allMatch(waiting::offer)) {
                isTooSlow = true;
            }
            hasMore.run();
        }

        @Override
        public void ended() {
            isEnded = true;
            hasMore.run();
        }

        @Override
        public void stopped() {
            isStopped = true;
            hasMore.run();
        }
    }

    @Override
    public Optional<FineTuningEvent> next() {
        return Optional.ofNullable(waiting.poll()).map(NewsMessages::of);
    }

    @Override
    public boolean isOver() {
        if (isTooSlow) {
            throw RefusedException.tooSlow(
                    "More than " + JobNews.MOST_WAITING + " events waited for this client.",
                    REMEDY);
        }
        if (isStopped) {
            throw new UnavailableException(ErrorCode.STOPPED, "The service stops.", REMEDY);
        }
        // In this order: what happens last is put in before the end.
        return isEnded && waiting.isEmpty();
    }

    @Override
    public void close() {
        subscription.close();
    }
}
