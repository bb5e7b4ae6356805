package dev.ortune.api.rest;

import dev.ortune.repository.ModelReference;
import dev.ortune.serve.ClassificationRequest;
import dev.ortune.serve.ClassificationService;
import dev.ortune.serve.ModelRegistry;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Models and their answers. Every method runs on a worker thread, never on the event loop. */
@Path("/v1/models")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Models")
@Blocking
public final class ModelsResource {

    private final ModelRegistry registry;
    private final ClassificationService service;
    private final HttpInference http;
    private final HttpCaller caller;
    private final ClassifyRules rules;

    public ModelsResource(
            ModelRegistry registry,
            ClassificationService service,
            HttpInference http,
            HttpCaller caller,
            ClassifyRules rules) {
        this.registry = registry;
        this.service = service;
        this.http = http;
        this.caller = caller;
        this.rules = rules;
    }

    /** Lists the models. */
    @GET
    @Operation(operationId = "listModels", summary = "The models that are served")
    @APIResponse(
            responseCode = "200",
            description = "All models, by name",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ModelsResponse.class),
                            examples =
                                    @ExampleObject(
                                            name = "one model",
                                            value = ApiExamples.MODELS_RESPONSE)))
    public ModelsResponse models() {
        return ModelsResponse.of(registry.models(caller.tenant()), caller.tenant());
    }

    /** Classifies one text or several. */
    @POST
    @Path("/{model}/classify")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "classify", summary = "Label one text or several")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ClassifyRequest.class),
                            examples = {
                                @ExampleObject(name = "one text", value = ApiExamples.ONE_TEXT),
                                @ExampleObject(
                                        name = "several texts",
                                        value = ApiExamples.SEVERAL_TEXTS),
                                @ExampleObject(
                                        name = "the two best labels, as logits",
                                        value = ApiExamples.CHOSEN_LABELS)
                            }))
    @APIResponse(
            responseCode = "200",
            description = "One result per text, in their order",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ClassifyResponse.class),
                            examples =
                                    @ExampleObject(
                                            name = "one text",
                                            value = ApiExamples.CLASSIFY_RESPONSE)))
    @APIResponse(
            responseCode = "400",
            description = "The body is malformed or beyond a limit",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples =
                                    @ExampleObject(
                                            name = "blank text",
                                            value = ApiExamples.BLANK_TEXT)))
    public CompletionStage<RestResponse<ClassifyResponse>> classify(
            @Parameter(description = "The model's name, or name@version", example = "reviews")
                    @PathParam("model")
                    String model,
            ClassifyRequest body) {
        ClassifyRequest request = GivenBody.of(body, ApiExamples.ONE_TEXT);
        rules.check(request);
        ModelReference reference = ModelReference.parse(caller.tenant(), model);
        LabelChoice choice = LabelChoice.of(request, registry.describe(reference));
        ClassificationRequest classification =
                new ClassificationRequest(
                        reference, request.all(), request.longTexts(), http.timeout());
        return http.client()
                .attach(service.classify(classification))
                .answer()
                .thenApply(
                        answer ->
                                HttpInference.answer(
                                        ClassifyResponse.of(answer, choice), answer.timings()));
    }
}
