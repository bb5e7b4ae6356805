package dev.ortune.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Jobs' events as they come, for any number of listeners: one thread asks the database once for each
 * job that somebody listens to, whichever process works on it.
 *
 * <p>Thread-safe. Listeners are called on the feed's thread and must not block it.
 */
public final class EventFeed implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(EventFeed.class);
    private static final int PAGE = 500;

    private final JobStore jobs;
    private final JobEvents events;
    private final Map<String, List<Subscription>> listeners = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    runnable -> {
                        Thread made = new Thread(runnable, "ortune-event-feed");
                        made.setDaemon(true);
                        return made;
                    });
    private volatile boolean isClosed;

    /**
     * A feed.
     *
     * @param interval between two looks
     */
    public EventFeed(JobStore jobs, JobEvents events, Duration interval) {
        this.jobs = jobs;
        this.events = events;
        thread.scheduleWithFixedDelay(this::look, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Hears events. */
    public interface Listener {

        /** The next events, in their order. */
        void happened(List<JobEvent> events);

        /** Nothing more will happen to the job. */
        void ended();

        /** The feed has ended, the job maybe not. */
        void stopped();
    }

    /** A listener and how far it has heard; ends when it is closed. */
    public final class Subscription implements AutoCloseable {

        private final String jobId;
        private final Listener listener;
        private long heard;

        private Subscription(String jobId, Listener listener, long heard) {
            this.jobId = jobId;
            this.listener = listener;
            this.heard = heard;
        }

        @Override
        public void close() {
            listeners.computeIfPresent(
                    jobId,
                    (id, all) -> {
                        all.remove(this);
                        return all.isEmpty() ? null : all;
                    });
        }

        /** On the feed's thread. */
        private void hear(List<JobEvent> news, boolean isOver) {
            List<JobEvent> own = news.stream().filter(event -> event.number() > heard).toList();
            if (!own.isEmpty()) {
                heard = own.get(own.size() - 1).number();
                listener.happened(own);
            }
            if (isOver) {
                close();
                listener.ended();
            }
        }
    }

    /**
     * Listens to a job that is there. Whoever comes after {@link #close} is told so at once.
     *
     * @param after only events with a greater number; 0 for all
     */
    public Subscription listen(String jobId, long after, Listener listener) {
        Subscription subscription = new Subscription(jobId, listener, after);
        listeners.compute(
                jobId,
                (id, all) -> {
                    List<Subscription> some = all == null ? new CopyOnWriteArrayList<>() : all;
                    some.add(subscription);
                    return some;
                });
        if (isClosed) {
            stop(subscription);
        }
        return subscription;
    }

    /** How many listen. */
    public int listeners() {
        return listeners.values().stream().mapToInt(List::size).sum();
    }

    private void look() {
        listeners.forEach(
                (jobId, all) -> {
                    try {
                        look(jobId, new ArrayList<>(all));
                    } catch (RuntimeException e) {
                        LOG.warnf(e, "The events of job %s could not be read", jobId);
                    }
                });
    }

    private void look(String jobId, List<Subscription> all) {
        // Before its events: what happens last is among them then.
        boolean isFinal = jobs.isFinal(jobId);
        long heard = all.stream().mapToLong(one -> one.heard).min().orElse(0);
        List<JobEvent> news = events.after(jobId, heard, PAGE);
        boolean isOver = isFinal && news.size() < PAGE;
        if (news.isEmpty() && !isOver) {
            return;
        }
        for (Subscription one : all) {
            try {
                one.hear(news, isOver);
            } catch (RuntimeException e) {
                LOG.debugf(e, "A listener to job %s failed", jobId);
                one.close();
            }
        }
    }

    /** Ends all listening; may be called again. */
    @Override
    public void close() {
        isClosed = true;
        thread.shutdownNow();
        listeners.values().forEach(all -> new ArrayList<>(all).forEach(EventFeed::stop));
    }

    /** Tells one, whom another thread may have told already. */
    private static void stop(Subscription subscription) {
        subscription.close();
        try {
            subscription.listener.stopped();
        } catch (RuntimeException e) {
            LOG.debugf(e, "A listener to job %s failed", subscription.jobId);
        }
    }
}
