package dev.ortune.api.rest.oip;

import dev.ortune.api.inference.FieldFault;
import dev.ortune.api.inference.InferenceRequest;
import dev.ortune.api.inference.ModelMetadata;
import dev.ortune.api.inference.OpenInference;
import dev.ortune.api.rest.HttpCaller;
import dev.ortune.api.rest.HttpInference;
import dev.ortune.api.rest.JsonBody;
import dev.ortune.api.rest.JsonFields;
import dev.ortune.repository.ModelReference;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * What the protocol does with a model, the same at its default version and at one by number or alias.
 * Every method runs on a worker thread.
 */
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Open Inference Protocol")
@Blocking
abstract class ModelOperations {

    /** Begins the binary data extension of Triton: JSON of that length, then bytes. */
    private static final String BINARY = "Inference-Header-Content-Length";

    private final OpenInference inference;
    private final HttpInference http;
    private final HttpCaller caller;
    private final JsonBody bodies;

    ModelOperations(
            OpenInference inference, HttpInference http, HttpCaller caller, JsonBody bodies) {
        this.inference = inference;
        this.http = http;
        this.caller = caller;
        this.bodies = bodies;
    }

    /** {@code $metadata_model_response}. */
    @GET
    @Operation(operationId = "modelMetadata", summary = "What a model takes and gives")
    @APIResponse(
            responseCode = "200",
            description = "Its versions, inputs and outputs",
            content =
                    @Content(
                            schema = @Schema(implementation = ModelMetadata.class),
                            examples = @ExampleObject(name = "model", value = OipExamples.MODEL)))
    public ModelMetadata metadata(
            @PathParam("model") String model, @PathParam("version") Optional<String> version) {
        return inference.model(reference(model, version));
    }

    /** {@code $ready_model_response}; 503 for a model that is not ready, as probes want it. */
    @GET
    @Path("/ready")
    @Operation(operationId = "modelReady", summary = "Whether a model would answer")
    @APIResponse(
            responseCode = "200",
            description = "It would",
            content =
                    @Content(
                            schema = @Schema(implementation = Ready.class),
                            examples =
                                    @ExampleObject(
                                            name = "ready",
                                            value = OipExamples.MODEL_READY)))
    @APIResponse(
            responseCode = "503",
            description = "It is unloaded",
            content =
                    @Content(
                            schema = @Schema(implementation = Ready.class),
                            examples =
                                    @ExampleObject(
                                            name = "unloaded",
                                            value = OipExamples.MODEL_NOT_READY)))
    @APIResponse(
            responseCode = "404",
            description = "There is no such model",
            content =
                    @Content(
                            schema = @Schema(implementation = InferenceError.class),
                            examples =
                                    @ExampleObject(
                                            name = "unknown model",
                                            value = OipExamples.NO_MODEL)))
    public RestResponse<Ready> ready(
            @PathParam("model") String model, @PathParam("version") Optional<String> version) {
        ModelReference reference = reference(model, version);
        boolean ready = inference.isReady(reference);
        return RestResponse.ResponseBuilder.create(
                        ready ? RestResponse.Status.OK : RestResponse.Status.SERVICE_UNAVAILABLE,
                        new Ready(reference.name(), ready))
                .build();
    }

    /** {@code $inference_response}. */
    @POST
    @Path("/infer")
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "infer", summary = "Label texts")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RequestSchema.class),
                            examples =
                                    @ExampleObject(
                                            name = "two texts",
                                            value = OipExamples.REQUEST)))
    @APIResponse(
            responseCode = "200",
            description = "The requested outputs, one row per text",
            content =
                    @Content(
                            schema = @Schema(implementation = JsonResponse.class),
                            examples =
                                    @ExampleObject(
                                            name = "two texts",
                                            value = OipExamples.RESPONSE)))
    public CompletionStage<RestResponse<JsonResponse>> infer(
            @PathParam("model") String model,
            @PathParam("version") Optional<String> version,
            byte[] body) {
        if (http.header(BINARY).isPresent()) {
            throw FieldFault.of(BINARY, "The binary data extension is not supported; send JSON");
        }
        InferenceRequest request =
                JsonRequest.parse(
                        reference(model, version), new JsonFields("", bodies.object(body, false)));
        return inference
                .infer(request, http.timeout(), http.client(), JsonRequest.DATA)
                .thenApply(
                        answer -> HttpInference.answer(JsonResponse.of(answer), answer.timings()));
    }

    private ModelReference reference(String model, Optional<String> version) {
        return ModelReference.of(caller.tenant(), model, version.orElse(""));
    }

    /** Whether a model is ready. */
    @Schema(name = "ModelReady")
    public record Ready(String name, boolean ready) {}
}
