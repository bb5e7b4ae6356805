package dev.ortune.api.rest;

import dev.ortune.repository.AdapterRepository;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Names for versions that can be moved. Every method runs on a worker thread. */
@Path("/v1/models")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Repository")
@Blocking
public final class AliasResource {

    private final AdapterRepository repository;
    private final HttpCaller caller;

    public AliasResource(AdapterRepository repository, HttpCaller caller) {
        this.repository = repository;
        this.caller = caller;
    }

    /** Points an alias to a version. */
    @PUT
    @Path("/{model}/aliases/{alias}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "moveAlias", summary = "Point an alias to a version, or make it")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = AliasRequest.class),
                            examples =
                                    @ExampleObject(
                                            name = "version 3",
                                            value = RepositoryExamples.ALIAS)))
    @APIResponse(
            responseCode = "200",
            description = "The model as it is now",
            content =
                    @Content(
                            schema = @Schema(implementation = ModelResponse.class),
                            examples =
                                    @ExampleObject(
                                            name = "one version",
                                            value = RepositoryExamples.MODEL)))
    public ModelResponse move(
            @Parameter(description = "The model's name", example = "sentiment") @PathParam("model")
                    String model,
            @Parameter(description = "The alias", example = "prod") @PathParam("alias")
                    String alias,
            AliasRequest request) {
        String version = GivenBody.of(request, RepositoryExamples.ALIAS).target();
        return ModelResponse.of(repository.moveAlias(caller.model(model), alias, version));
    }

    /** Deletes an alias. */
    @DELETE
    @Path("/{model}/aliases/{alias}")
    @Operation(operationId = "deleteAlias", summary = "Delete an alias, not its version")
    @APIResponse(responseCode = "204", description = "It is gone")
    public void delete(
            @Parameter(description = "The model's name", example = "sentiment") @PathParam("model")
                    String model,
            @Parameter(description = "The alias", example = "prod") @PathParam("alias")
                    String alias) {
        repository.deleteAlias(caller.model(model), alias);
    }

    /** Points an alias to where it pointed before. */
    @POST
    @Path("/{model}/aliases/{alias}/rollback")
    @Operation(
            operationId = "rollBackAlias",
            summary = "Point an alias to where it pointed before; several steps are possible")
    @APIResponse(
            responseCode = "200",
            description = "The model as it is now",
            content =
                    @Content(
                            schema = @Schema(implementation = ModelResponse.class),
                            examples =
                                    @ExampleObject(
                                            name = "one version",
                                            value = RepositoryExamples.MODEL)))
    @APIResponse(
            responseCode = "404",
            description = "There is no such alias, or it pointed nowhere else",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    public ModelResponse rollBack(
            @Parameter(description = "The model's name", example = "sentiment") @PathParam("model")
                    String model,
            @Parameter(description = "The alias", example = "prod") @PathParam("alias")
                    String alias) {
        return ModelResponse.of(repository.rollBack(caller.model(model), alias));
    }
}
