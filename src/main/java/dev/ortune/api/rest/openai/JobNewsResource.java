package dev.ortune.api.rest.openai;

import dev.ortune.api.rest.HttpCaller;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.job.Job;
import dev.ortune.job.JobEpoch;
import dev.ortune.job.JobEvent;
import dev.ortune.job.JobEvents;
import dev.ortune.job.JobJournal;
import dev.ortune.job.JobStep;
import dev.ortune.job.JobStore;
import dev.ortune.repository.AdapterRepository;
import dev.ortune.repository.ModelName;
import dev.ortune.tuning.EpochFigures;
import dev.ortune.tuning.ModelPublisher;
import dev.ortune.tuning.StepsCsv;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

    private static final int MOST_EVENTS = 1000;
    private static final int MOST_STEPS = 10_000;

    private final JobStore jobs;
    private final JobEvents events;
    private final JobJournal journal;
    private final EventStream stream;
    private final AdapterRepository repository;
    private final HttpCaller caller;

    public JobNewsResource(
            JobStore jobs,
            JobEvents events,
            JobJournal journal,
            EventStream stream,
            AdapterRepository repository,
            HttpCaller caller) {
        this.jobs = jobs;
        this.events = events;
        this.journal = journal;
        this.stream = stream;
        this.repository = repository;
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
        Job job = job(id);
        int wanted = ListLimit.of(limit, MOST_EVENTS);
        long before =
                after.map(event -> EventId.number(event, job.id(), "after")).orElse(Long.MAX_VALUE);
        List<JobEvent> found = events.before(job.id(), before, wanted + 1);
        boolean hasMore = found.size() > wanted;
        return ListResponse.of(
                found.stream().limit(wanted).map(EventResponse::of).toList(),
                EventResponse::id,
                hasMore);
    }

    /** Follows events. */
    @GET
    @Path("/events")
    @Produces(MediaType.SERVER_SENT_EVENTS + ";qs=0.5")
    @Operation(hidden = true)
    public Multi<OutboundSseEvent> follow(
            @PathParam("job") String id,
            @HeaderParam("Last-Event-ID") Optional<String> lastEventId) {
        Job job = job(id);
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
        Job job = job(id);
        List<JobEpoch> epochs = journal.epochs(job.id());
        Set<String> published = published(job);
        List<CheckpointResponse> all = new ArrayList<>();
        for (JobEpoch epoch : epochs) {
            all.add(
                    CheckpointResponse.of(
                            job,
                            epoch,
                            EpochFigures.of(epoch),
                            job.resultModel()
                                    .map(model -> model + "@" + ModelPublisher.alias(epoch.step()))
                                    .filter(published::contains)));
        }
        Collections.reverse(all);
        int from = after.map(last -> indexAfter(all, last)).orElse(0);
        int wanted = ListLimit.of(limit, MOST_EVENTS);
        List<CheckpointResponse> page = all.stream().skip(from).limit(wanted).toList();
        return ListResponse.of(page, CheckpointResponse::id, from + page.size() < all.size());
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
        Job job = job(id);
        int wanted = limit.isPresent() ? ListLimit.of(limit, MOST_STEPS) : 1000;
        List<JobStep> found =
                journal.steps(job.id(), after.map(JobNewsResource::step).orElse(0), wanted + 1);
        return ListResponse.of(
                found.stream().limit(wanted).map(StepResponse::of).toList(),
                step -> Integer.toString(step.step()),
                found.size() > wanted);
    }

    /** All steps. */
    @GET
    @Path("/metrics")
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public String csv(@PathParam("job") String id) {
        return new StepsCsv(journal).of(job(id).id());
    }

    /** The epochs' models that are still there, as requests name them. */
    private Set<String> published(Job job) {
        return job.resultModel().stream()
                .flatMap(model -> repository.find(new ModelName(job.tenant(), model)).stream())
                .flatMap(
                        model ->
                                model.aliases().keySet().stream()
                                        .map(alias -> model.name().name() + "@" + alias))
                .collect(Collectors.toSet());
    }

    private Job job(String id) {
        return jobs.get(caller.get().tenant(), id);
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

    private static int indexAfter(List<CheckpointResponse> all, String id) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).id().equals(id)) {
                return i + 1;
            }
        }
        throw InvalidInputException.ofField(
                ErrorCode.INVALID_REQUEST,
                "after",
                "the job has no such checkpoint",
                "Give the last_id of the page before.");
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
