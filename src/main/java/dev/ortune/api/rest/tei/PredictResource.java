package dev.ortune.api.rest.tei;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.api.inference.DefaultModel;
import dev.ortune.api.inference.FieldFault;
import dev.ortune.api.inference.TextRules;
import dev.ortune.api.rest.ErrorDocument;
import dev.ortune.api.rest.HttpCaller;
import dev.ortune.api.rest.HttpInference;
import dev.ortune.api.rest.JsonBody;
import dev.ortune.error.InvalidInputException;
import dev.ortune.serve.Classification;
import dev.ortune.serve.ClassificationRequest;
import dev.ortune.serve.ClassificationService;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The default model's answers, as text-embeddings-inference gives them. On a worker thread. */
@Path("/predict")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "text-embeddings-inference")
@Blocking
public final class PredictResource {

    private final ClassificationService service;
    private final DefaultModel defaultModel;
    private final TextRules rules;
    private final HttpInference http;
    private final HttpCaller caller;
    private final JsonBody bodies;

    public PredictResource(
            ClassificationService service,
            DefaultModel defaultModel,
            TextRules rules,
            HttpInference http,
            HttpCaller caller,
            JsonBody bodies) {
        this.service = service;
        this.defaultModel = defaultModel;
        this.rules = rules;
        this.http = http;
        this.caller = caller;
        this.bodies = bodies;
    }

    /** {@code PredictResponse}: a list of predictions, or for a batch a list of such lists. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "predict", summary = "Label texts, the best label first")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = PredictSchema.class),
                            examples = {
                                @ExampleObject(name = "one text", value = TeiExamples.ONE_TEXT),
                                @ExampleObject(name = "batch", value = TeiExamples.BATCH)
                            }))
    @APIResponse(
            responseCode = "200",
            description = "Predictions; for a batch a list of them per text",
            content =
                    @Content(
                            schema = @Schema(implementation = Prediction[].class),
                            examples = {
                                @ExampleObject(name = "one text", value = TeiExamples.PREDICTIONS),
                                @ExampleObject(
                                        name = "batch",
                                        value = TeiExamples.BATCH_PREDICTIONS)
                            }))
    @APIResponse(
            responseCode = "422",
            description = "The body is of another form, or holds a pair of texts",
            content =
                    @Content(
                            schema = @Schema(implementation = TeiError.class),
                            examples =
                                    @ExampleObject(
                                            name = "no inputs",
                                            value = TeiExamples.MALFORMED)))
    public CompletionStage<RestResponse<List<?>>> predict(byte[] body) {
        PredictRequest request = PredictRequest.parse(object(body));
        PredictInputs inputs = request.inputs();
        rules.fault(
                        inputs.texts(),
                        "inputs",
                        index -> inputs.isBatch() ? "inputs[" + index + "]" : "inputs")
                .map(FieldFault::exception)
                .ifPresent(
                        fault -> {
                            throw fault;
                        });
        ClassificationRequest classification =
                new ClassificationRequest(
                        defaultModel.reference(caller.tenant()),
                        inputs.texts(),
                        request.longTexts(),
                        http.timeout());
        return http.client()
                .attach(service.classify(classification))
                .answer()
                .thenApply(
                        answer ->
                                HttpInference.answer(
                                        predictions(answer.results(), request), answer.timings()));
    }

    @ServerExceptionMapper
    Response ofMalformed(MalformedPredict fault) {
        ErrorDocument document =
                TeiErrorFormat.error(
                        fault.getResponse().getStatus(), fault.getMessage(), ErrorType.VALIDATION);
        return Response.status(document.status())
                .type(document.mediaType())
                .entity(document.body())
                .build();
    }

    private JsonNode object(byte[] body) {
        try {
            return bodies.object(body, false);
        } catch (InvalidInputException e) {
            throw new MalformedPredict(MalformedPredict.NOT_JSON, e.getMessage());
        }
    }

    private static List<?> predictions(List<Classification> results, PredictRequest request) {
        List<List<Prediction>> all =
                results.stream().map(result -> Prediction.of(result, request.rawScores())).toList();
        return request.inputs().isBatch() ? all : all.get(0);
    }
}
