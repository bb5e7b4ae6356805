package dev.ortune.api.rest.oip;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.api.inference.ModelState;
import dev.ortune.api.inference.OpenInference;
import dev.ortune.api.inference.Parameters;
import dev.ortune.api.rest.HttpCaller;
import dev.ortune.api.rest.JsonBody;
import dev.ortune.api.rest.JsonFields;
import dev.ortune.repository.ModelReference;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Triton's model repository extension (its {@code docs/protocol/extension_model_repository.md}).
 * Every method runs on a worker thread.
 */
@Path("/v2/repository")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@Tag(name = "Open Inference Protocol")
@Blocking
public final class RepositoryExtensionResource {

    private final OpenInference inference;
    private final HttpCaller caller;
    private final JsonBody bodies;

    public RepositoryExtensionResource(
            OpenInference inference, HttpCaller caller, JsonBody bodies) {
        this.inference = inference;
        this.caller = caller;
        this.bodies = bodies;
    }

    /** {@code $repository_index_response}. */
    @POST
    @Path("/index")
    @Operation(operationId = "repositoryIndex", summary = "All models, or those that would answer")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = IndexSchema.class),
                            examples =
                                    @ExampleObject(
                                            name = "only ready ones",
                                            value = OipExamples.INDEX_REQUEST)))
    @APIResponse(
            responseCode = "200",
            description = "An entry per version",
            content =
                    @Content(
                            schema = @Schema(implementation = ModelState[].class),
                            examples =
                                    @ExampleObject(name = "one model", value = OipExamples.INDEX)))
    public List<ModelState> index(byte[] body) {
        JsonFields fields = fields(body).requireOnly(Set.of("ready"));
        return inference.index(caller.tenant(), fields.flag("ready"));
    }

    /** Loads a model. */
    @POST
    @Path("/models/{model}/load")
    @Operation(operationId = "repositoryModelLoad", summary = "Have a model answer")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ParametersSchema.class),
                            examples =
                                    @ExampleObject(
                                            name = "no parameters",
                                            value = OipExamples.LOAD_REQUEST)))
    @APIResponse(responseCode = "200", description = "It answers")
    public RestResponse<Void> load(@PathParam("model") String model, byte[] body) {
        parameters(body).requireNone();
        inference.load(ModelReference.parse(caller.tenant(), model));
        return RestResponse.ok();
    }

    /** Unloads a model. */
    @POST
    @Path("/models/{model}/unload")
    @Operation(operationId = "repositoryModelUnload", summary = "Free a model's memory")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ParametersSchema.class),
                            examples =
                                    @ExampleObject(
                                            name = "no parameters",
                                            value = OipExamples.LOAD_REQUEST)))
    @APIResponse(responseCode = "200", description = "It answers no more")
    public RestResponse<Void> unload(@PathParam("model") String model, byte[] body) {
        parameters(body).requireUnloadOnly();
        inference.unload(ModelReference.parse(caller.tenant(), model));
        return RestResponse.ok();
    }

    private Parameters parameters(byte[] body) {
        return JsonParameters.of(fields(body).requireOnly(Set.of("parameters")));
    }

    private JsonFields fields(byte[] body) {
        JsonNode object = bodies.object(body, true);
        return new JsonFields("", object);
    }

    /** What an index is asked. */
    @Schema(name = "RepositoryIndexRequest")
    record IndexSchema(@Schema(defaultValue = "false") boolean ready) {}

    /** What loading takes: no parameter. */
    @Schema(name = "RepositoryLoadRequest")
    record ParametersSchema(Object parameters) {}
}
