package dev.ortune.api.rest;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Adds to the OpenAPI document what every operation of a protocol has: its errors, with examples in
 * the protocol's own words, and the request header of inferences.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class DocumentedErrors implements OASFilter {

    private static final List<String> OPENAI =
            List.of("/v1/files", "/v1/fine_tuning", "/v1/webhook_endpoints");

    private static final List<String> INFERENCES = List.of("/classify", "/infer", "/predict");

    /** What can befall a request, by HTTP status: code, detail and remedy. */
    private static final Map<Integer, List<String>> FAULTS =
            new TreeMap<>(
                    Map.of(
                            400,
                            List.of(
                                    "INVALID_REQUEST",
                                    "truncation: \"up\" is none of \"left\", \"right\" and \"windows\".",
                                    "Correct truncation and send the request again."),
                            401,
                            List.of(
                                    "UNAUTHENTICATED",
                                    "The request has no key.",
                                    "Send the header Authorization: Bearer <key>."),
                            403,
                            List.of(
                                    "FORBIDDEN",
                                    "This needs the scope train; ci (key_...) does not have it.",
                                    "Use a key or a token that has the scope."),
                            404,
                            List.of(
                                    "MODEL_NOT_FOUND",
                                    "There is no model \"none\".",
                                    "GET /v1/models lists the models that are served."),
                            413,
                            List.of(
                                    "REQUEST_ENTITY_TOO_LARGE",
                                    "The body is larger than quarkus.http.limits.max-body-size allows.",
                                    "Send fewer texts per request."),
                            429,
                            List.of(
                                    "OVERLOADED",
                                    "The queue is full.",
                                    "Try again after 1 s, or send less."),
                            503,
                            List.of(
                                    "MODEL_NOT_LOADED",
                                    "The model \"reviews\" is unloaded.",
                                    "Load it first."),
                            504,
                            List.of(
                                    "DEADLINE_EXCEEDED",
                                    "There was no answer within 500 ms.",
                                    "Allow more time, or send fewer or shorter texts.")));

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getPaths() == null) {
            return;
        }
        document.getPaths().getPathItems().forEach(DocumentedErrors::complete);
    }

    private static void complete(String path, PathItem item) {
        boolean isInference = INFERENCES.stream().anyMatch(path::endsWith);
        if (!isInference && !path.startsWith("/v2/")) {
            return;
        }
        for (Operation operation : item.getOperations().values()) {
            settleVersion(path, operation);
            if (isInference) {
                FAULTS.keySet().forEach(status -> add(path, operation, status));
                operation.addParameter(timeout());
            } else if (path.contains("{model}")) {
                add(path, operation, 400);
                add(path, operation, 404);
            }
        }
    }

    /** One class describes models with and without a version; the document has an operation each. */
    private static void settleVersion(String path, Operation operation) {
        if (!path.startsWith("/v2/models/")) {
            return;
        }
        if (path.contains("{version}")) {
            operation.setOperationId(operation.getOperationId() + "OfVersion");
        } else if (operation.getParameters() != null) {
            operation.setParameters(
                    operation.getParameters().stream()
                            .filter(parameter -> !"version".equals(parameter.getName()))
                            .toList());
        }
    }

    /** Documents an error, in the words of the address's protocol, unless it is documented already. */
    static void add(String path, Operation operation, int status) {
        String key = Integer.toString(status);
        if (operation.getResponses().getAPIResponse(key) != null
                && operation.getResponses().getAPIResponse(key).getContent() != null) {
            return;
        }
        List<String> fault = FAULTS.get(status);
        String words = fault.get(0).toLowerCase(Locale.ROOT).replace('_', ' ');
        APIResponse response =
                OASFactory.createAPIResponse()
                        .description(words)
                        .content(
                                OASFactory.createContent()
                                        .addMediaType(mediaType(path), example(path, status)));
        if (status == 429) {
            response.addHeader(
                    "Retry-After",
                    OASFactory.createHeader().description("When to try again, in seconds."));
        }
        operation.getResponses().addAPIResponse(key, response);
    }

    private static String mediaType(String path) {
        return path.startsWith("/v1/") && !isOpenAi(path) ? Problem.MEDIA_TYPE : "application/json";
    }

    /** Where errors are spelt as OpenAI does; these addresses describe all others themselves. */
    private static boolean isOpenAi(String path) {
        return OPENAI.stream().anyMatch(path::startsWith);
    }

    private static MediaType example(String path, int status) {
        List<String> fault = FAULTS.get(status);
        String message = fault.get(1) + " " + fault.get(2);
        Map<String, Object> value;
        String schema;
        if (path.startsWith("/v2/")) {
            schema = "InferenceError";
            value = Map.of("error", message);
        } else if (isOpenAi(path)) {
            schema = "ApiError";
            value =
                    Map.of(
                            "error",
                            Map.of(
                                    "message",
                                    message,
                                    "type",
                                    status == 401 ? "authentication_error" : "permission_error",
                                    "code",
                                    fault.get(0)));
        } else if (path.startsWith("/v1/")) {
            schema = "Problem";
            value =
                    Map.of(
                            "type",
                            "urn:ortune:error:"
                                    + fault.get(0).toLowerCase(Locale.ROOT).replace('_', '-'),
                            "status",
                            status,
                            "code",
                            fault.get(0),
                            "detail",
                            fault.get(1),
                            "remedy",
                            fault.get(2));
        } else {
            schema = "PredictError";
            value =
                    Map.of(
                            "error",
                            message,
                            "error_type",
                            status == 429 ? "Overloaded" : status < 500 ? "Validation" : "Backend");
        }
        return OASFactory.createMediaType()
                .schema(OASFactory.createSchema().ref(schema))
                .addExample("error", OASFactory.createExample().value(value));
    }

    private static Parameter timeout() {
        return OASFactory.createParameter()
                .name(HttpInference.TIMEOUT)
                .in(Parameter.In.HEADER)
                .description("How long the client waits, in whole milliseconds.")
                .example(500);
    }
}
