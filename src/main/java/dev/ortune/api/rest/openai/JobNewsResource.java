package dev.ortune.api.rest.openai;

import dev.ortune.api.inference.ListSize;
import dev.ortune.api.rest.HttpCaller;
import dev.ortune.error.InvalidInputException;
import dev.ortune.job.Job;
import dev.ortune.job.JobEvent;
import dev.ortune.job.JobStep;
import dev.ortune.job.JobStore;
import dev.ortune.tuning.EventId;
import dev.ortune.tuning.JobCheckpoint;
import dev.ortune.tuning.JobNews;
import dev.ortune.tuning.NewsPage;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** What a job tells while it is worked on: events, epochs, steps. On worker threads. */
@Path("/v1/fine_tuning/jobs/{job}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Fine-tuning")
@Blocking
public final class JobNewsResource {

    private final JobStore jobs;
    private final JobNews news;
    private final EventStream stream;
    private final HttpCaller caller;

    public JobNewsResource(JobStore jobs, JobNews news, EventStream stream, HttpCaller caller) {
        this.jobs = jobs;
        this.news = news;
        this.stream = stream;
        this.caller = caller;
    }

    /** Lists events. */
    @GET
    @Path("/events")
    @Operation(
            operationId = "listFineTuningEvents",
            summary = "A job's events, newest first; as they come with Accept: text/event-stream")
    @APIResponse(
            responseCode = "200",
            description = "Some of them",
            content = @Content(schema = @Schema(implementation = EventList.class)))
    public ListResponse<EventResponse> events(
            @PathParam("job") String id,
            @RestQuery Optional<String> after,
            @RestQuery Optional<String> limit) {
        NewsPage<JobEvent> page =
                news.events(tenant(), id, after, ListLimit.of(limit, ListSize.EVENTS));
        return ListResponse.of(
                page.elements().stream().map(EventResponse::of).toList(),
                EventResponse::id,
                page.hasMore());
    }

    /** Follows events. */
    @GET
    @Path("/events")
    @Produces(MediaType.SERVER_SENT_EVENTS + ";qs=0.5")
    @Operation(hidden = true)
    public Multi<OutboundSseEvent> follow(
            @PathParam("job") String id,
            @HeaderParam("Last-Event-ID") Optional<String> lastEventId) {
        Job job = jobs.get(tenant(), id);
        return stream.of(
                job.id(),
                lastEventId
                        .map(event -> EventId.number(event, job.id(), "Last-Event-ID"))
                        .orElse(0L));
    }

    /** Lists epochs. */
    @GET
    @Path("/checkpoints")
    @Operation(
            operationId = "listFineTuningCheckpoints",
            summary = "What a job's epochs brought, newest first")
    @APIResponse(
            responseCode = "200",
            description = "Some of them",
            content = @Content(schema = @Schema(implementation = CheckpointList.class)))
    public ListResponse<CheckpointResponse> checkpoints(
            @PathParam("job") String id,
            @RestQuery Optional<String> after,
            @RestQuery Optional<String> limit) {
        NewsPage<JobCheckpoint> page =
                news.checkpoints(tenant(), id, after, ListLimit.of(limit, ListSize.CHECKPOINTS));
        return ListResponse.of(
                page.elements().stream().map(CheckpointResponse::of).toList(),
                CheckpointResponse::id,
                page.hasMore());
    }

    /** Lists steps. */
    @GET
    @Path("/metrics")
    @Operation(
            operationId = "listFineTuningMetrics",
            summary = "A job's steps in their order; as CSV with Accept: text/csv")
    @APIResponse(
            responseCode = "200",
            description = "Some of them; the next come after the last step",
            content = @Content(schema = @Schema(implementation = StepList.class)))
    public ListResponse<StepResponse> metrics(
            @PathParam("job") String id,
            @RestQuery Optional<String> after,
            @RestQuery Optional<String> limit) {
        NewsPage<JobStep> page =
                news.steps(
                        tenant(),
                        id,
                        after.map(JobNewsResource::step).orElse(0),
                        ListLimit.of(limit, ListSize.STEPS));
        return ListResponse.of(
                page.elements().stream().map(StepResponse::of).toList(),
                step -> Integer.toString(step.step()),
                page.hasMore());
    }

    /** All steps. */
    @GET
    @Path("/metrics")
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public String csv(@PathParam("job") String id) {
        return news.stepsCsv(tenant(), id);
    }

    private String tenant() {
        return caller.get().tenant();
    }

    private static int step(String text) {
        try {
            int step = Integer.parseInt(text);
            if (step >= 0) {
                return step;
            }
        } catch (NumberFormatException e) {
            // Told like a negative number.
        }
        throw InvalidInputException.ofField("after", "must be the number of a step");
    }

    /** For the OpenAPI document. */
    @Schema(name = "FineTuningEventList")
    record EventList(String object, List<EventResponse> data) {}

    /** For the OpenAPI document. */
    @Schema(name = "FineTuningCheckpointList")
    record CheckpointList(String object, List<CheckpointResponse> data) {}

    /** For the OpenAPI document. */
    @Schema(name = "FineTuningStepList")
    record StepList(String object, List<StepResponse> data) {}
}
