package dev.ortune.api.rest.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ortune.error.InternalException;
import dev.ortune.job.EventFeed;
import dev.ortune.job.JobEvent;
import dev.ortune.tuning.EventId;
import dev.ortune.tuning.JobNews;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.util.List;
import org.jboss.resteasy.reactive.server.jaxrs.OutboundSseEventImpl;

/** Jobs' events as Server-Sent Events, which end with {@code [DONE]} when the job has ended. */
@Singleton
public final class EventStream {

    private static final String DONE = "[DONE]";

    private final EventFeed feed;
    private final ObjectMapper mapper;

    public EventStream(EventFeed feed, ObjectMapper mapper) {
        this.feed = feed;
        this.mapper = mapper;
    }

    /**
     * A job's events.
     *
     * @param after only those with a greater number
     */
    Multi<OutboundSseEvent> of(String jobId, long after) {
        return Multi.createFrom()
                .<OutboundSseEvent>emitter(
                        emitter -> {
                            EventFeed.Subscription subscription =
                                    feed.listen(jobId, after, new Sender(emitter));
                            emitter.onTermination(subscription::close);
                        },
                        // Who is further behind is let go and may come again with Last-Event-ID.
                        JobNews.MOST_WAITING);
    }

    /** Writes to one client. */
    private final class Sender implements EventFeed.Listener {

        private final MultiEmitter<? super OutboundSseEvent> client;

        Sender(MultiEmitter<? super OutboundSseEvent> client) {
            this.client = client;
        }

        @Override
        public void happened(List<JobEvent> events) {
            events.forEach(event -> client.emit(sse(event)));
        }

        @Override
        public void stopped() {
            client.complete();
        }

        @Override
        public void ended() {
            client.emit(new OutboundSseEventImpl.BuilderImpl().data(DONE).build());
            client.complete();
        }
    }

    private OutboundSseEvent sse(JobEvent event) {
        try {
            return new OutboundSseEventImpl.BuilderImpl()
                    .id(EventId.of(event))
                    .data(mapper.writeValueAsString(EventResponse.of(event)))
                    .build();
        } catch (JsonProcessingException e) {
            throw new InternalException("An event could not be written.", e);
        }
    }
}
