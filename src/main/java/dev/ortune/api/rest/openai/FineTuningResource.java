package dev.ortune.api.rest.openai;

import dev.ortune.api.inference.FieldFault;
import dev.ortune.api.inference.ListSize;
import dev.ortune.api.rest.HttpCaller;
import dev.ortune.api.rest.JsonBody;
import dev.ortune.job.JobPage;
import dev.ortune.job.JobStore;
import dev.ortune.tuning.IdempotencyKey;
import dev.ortune.tuning.TuningService;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** Fine-tuning jobs. Every method runs on a worker thread. */
@Path("/v1/fine_tuning/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Fine-tuning")
@Blocking
public final class FineTuningResource {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final Pattern NOTE = Pattern.compile("metadata\\[(.{1,64})\\]");

    private final TuningService service;
    private final JobStore jobs;
    private final HttpCaller caller;
    private final JsonBody bodies;

    public FineTuningResource(
            TuningService service, JobStore jobs, HttpCaller caller, JsonBody bodies) {
        this.service = service;
        this.jobs = jobs;
        this.caller = caller;
        this.bodies = bodies;
    }

    /** Creates a job, or looks what would become of it. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "createFineTuningJob",
            summary = "Create a job; with dry_run, check its files and estimate it only")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = CreateJobSchema.class),
                            examples =
                                    @ExampleObject(
                                            name = "five epochs",
                                            value = OpenAiExamples.CREATE)))
    @APIResponse(
            responseCode = "200",
            description = "The job; or what a dry run found",
            content = @Content(schema = @Schema(oneOf = {JobResponse.class, DryRunResponse.class})))
    public Response create(
            @HeaderParam(IDEMPOTENCY_KEY) Optional<String> idempotencyKey, byte[] body) {
        CreateJob wanted = CreateJob.parse(bodies.object(body, false));
        if (wanted.dryRun()) {
            return Response.ok(DryRunResponse.of(service.dryRun(caller.get(), wanted.request())))
                    .build();
        }
        return Response.ok(
                        JobResponse.of(
                                service.create(
                                        caller.get(),
                                        wanted.request(),
                                        idempotencyKey.map(
                                                key -> IdempotencyKey.of(IDEMPOTENCY_KEY, key)))))
                .build();
    }

    /** Lists jobs. */
    @GET
    @Operation(
            operationId = "listFineTuningJobs",
            summary = "The jobs, newest first; metadata[name]=value for those with a note")
    @APIResponse(
            responseCode = "200",
            description = "Some of them",
            content = @Content(schema = @Schema(implementation = JobList.class)))
    public ListResponse<JobResponse> list(
            @RestQuery Optional<String> after,
            @RestQuery Optional<String> limit,
            @Context UriInfo uri) {
        JobPage page = jobs.list(tenant(), after, ListLimit.of(limit, ListSize.JOBS), notes(uri));
        return ListResponse.of(
                page.jobs().stream().map(JobResponse::of).toList(),
                JobResponse::id,
                page.hasMore());
    }

    /** One job. */
    @GET
    @Path("/{job}")
    @Operation(operationId = "getFineTuningJob", summary = "A job")
    @APIResponse(
            responseCode = "200",
            description = "The job",
            content = @Content(schema = @Schema(implementation = JobResponse.class)))
    public JobResponse job(@PathParam("job") String id) {
        return JobResponse.of(jobs.get(tenant(), id));
    }

    /** Cancels a job. */
    @POST
    @Path("/{job}/cancel")
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "cancelFineTuningJob", summary = "Cancel a job for good")
    @APIResponse(
            responseCode = "200",
            description = "The job; while it runs, it is cancelled after the step under way",
            content = @Content(schema = @Schema(implementation = JobResponse.class)))
    public JobResponse cancel(@PathParam("job") String id) {
        return JobResponse.of(jobs.cancel(tenant(), id));
    }

    /** Pauses a job. */
    @POST
    @Path("/{job}/pause")
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "pauseFineTuningJob", summary = "Pause a job")
    @APIResponse(
            responseCode = "200",
            description = "The job; while it runs, it is saved after the step under way",
            content = @Content(schema = @Schema(implementation = JobResponse.class)))
    public JobResponse pause(@PathParam("job") String id) {
        return JobResponse.of(jobs.pause(tenant(), id));
    }

    /** Has a paused job go on. */
    @POST
    @Path("/{job}/resume")
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "resumeFineTuningJob", summary = "Have a paused job go on")
    @APIResponse(
            responseCode = "200",
            description = "The job",
            content = @Content(schema = @Schema(implementation = JobResponse.class)))
    public JobResponse resume(@PathParam("job") String id) {
        return JobResponse.of(jobs.resume(tenant(), id));
    }

    private String tenant() {
        return caller.get().tenant();
    }

    private static Map<String, String> notes(UriInfo uri) {
        Map<String, String> notes = new TreeMap<>();
        uri.getQueryParameters()
                .forEach(
                        (name, values) -> {
                            Matcher note = NOTE.matcher(name);
                            if (note.matches()) {
                                notes.put(note.group(1), values.get(0));
                            } else if (name.startsWith("metadata")) {
                                throw FieldFault.of("metadata", "Write metadata[name]=value");
                            }
                        });
        return notes;
    }

    /** For the OpenAPI document. */
    @Schema(name = "FineTuningJobList")
    record JobList(String object, List<JobResponse> data) {}
}
