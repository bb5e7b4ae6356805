package dev.ortune.api.rest.tei;

import dev.ortune.api.inference.DefaultModel;
import dev.ortune.api.inference.TextRules;
import dev.ortune.api.rest.HttpCaller;
import dev.ortune.error.OrtuneException;
import dev.ortune.serve.ModelRegistry;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The default model and its health, as text-embeddings-inference tells them. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "text-embeddings-inference")
@Blocking
public final class HealthResource {

    private final ModelRegistry registry;
    private final DefaultModel defaultModel;
    private final HttpCaller caller;
    private final TextRules rules;
    private final String version;

    public HealthResource(
            ModelRegistry registry,
            DefaultModel defaultModel,
            HttpCaller caller,
            TextRules rules,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.registry = registry;
        this.defaultModel = defaultModel;
        this.caller = caller;
        this.rules = rules;
        this.version = version;
    }

    /** {@code Info}. */
    @GET
    @Path("/info")
    @Operation(operationId = "predictInfo", summary = "The model that /predict asks")
    @APIResponse(
            responseCode = "200",
            description = "Its name, labels and limits",
            content =
                    @Content(
                            schema = @Schema(implementation = ModelInfo.class),
                            examples = @ExampleObject(name = "info", value = TeiExamples.INFO)))
    public ModelInfo info() {
        return ModelInfo.of(
                registry.describe(defaultModel.reference(caller.tenant())),
                rules.maxTexts(),
                version);
    }

    /** 200 with no body, or an error. */
    @GET
    @Path("/health")
    @Operation(operationId = "predictHealth", summary = "Whether /predict would answer")
    @APIResponse(responseCode = "200", description = "It would")
    @APIResponse(
            responseCode = "503",
            description = "It would not",
            content =
                    @Content(
                            schema = @Schema(implementation = TeiError.class),
                            examples =
                                    @ExampleObject(
                                            name = "unhealthy",
                                            value = TeiExamples.UNHEALTHY)))
    public Response health() {
        return isHealthy()
                ? Response.ok().build()
                : Response.status(Response.Status.SERVICE_UNAVAILABLE)
                        .entity(new TeiError("unhealthy", ErrorType.UNHEALTHY))
                        .build();
    }

    private boolean isHealthy() {
        try {
            return registry.isReady(defaultModel.reference(caller.tenant()));
        } catch (OrtuneException e) {
            // No model to answer: told as such by /predict and /info.
            return false;
        }
    }
}
