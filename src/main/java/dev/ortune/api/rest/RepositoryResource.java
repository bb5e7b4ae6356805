package dev.ortune.api.rest;

import dev.ortune.repository.AdapterRepository;
import dev.ortune.repository.ModelReference;
import dev.ortune.repository.PublishedModel;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Published models and their versions. Every method runs on a worker thread. */
@Path("/v1/models")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Repository")
@Blocking
public final class RepositoryResource {

    private final AdapterRepository repository;
    private final HttpCaller caller;

    public RepositoryResource(AdapterRepository repository, HttpCaller caller) {
        this.repository = repository;
        this.caller = caller;
    }

    /** A model with all that it has. */
    @GET
    @Path("/{model}")
    @Operation(operationId = "getModel", summary = "A model's versions and aliases")
    @APIResponse(
            responseCode = "200",
            description = "The model",
            content =
                    @Content(
                            schema = @Schema(implementation = ModelResponse.class),
                            examples =
                                    @ExampleObject(
                                            name = "one version",
                                            value = RepositoryExamples.MODEL)))
    @APIResponse(
            responseCode = "404",
            description = "There is no such model",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    public ModelResponse model(
            @Parameter(description = "The model's name", example = "sentiment") @PathParam("model")
                    String model) {
        return ModelResponse.of(repository.model(caller.model(model)));
    }

    /** One version. */
    @GET
    @Path("/{model}/versions/{version}")
    @Operation(operationId = "getVersion", summary = "A version of a model")
    @APIResponse(
            responseCode = "200",
            description = "The version",
            content =
                    @Content(
                            schema = @Schema(implementation = VersionResponse.class),
                            examples =
                                    @ExampleObject(
                                            name = "version 3",
                                            value = RepositoryExamples.VERSION)))
    @APIResponse(
            responseCode = "404",
            description = "There is no such model, version or alias",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    public VersionResponse version(
            @Parameter(description = "The model's name", example = "sentiment") @PathParam("model")
                    String model,
            @Parameter(description = "A version's number or an alias", example = "3")
                    @PathParam("version")
                    String version) {
        ModelReference wanted = new ModelReference(caller.model(model), Optional.of(version));
        PublishedModel found = repository.model(wanted.model());
        return VersionResponse.of(found, found.resolve(wanted));
    }

    /** Deletes a model. */
    @DELETE
    @Path("/{model}")
    @Operation(
            operationId = "deleteModel",
            summary = "Delete a model with its versions and aliases")
    @APIResponse(
            responseCode = "200",
            description = "It is gone",
            content = @Content(schema = @Schema(implementation = DeletedResponse.class)))
    @APIResponse(
            responseCode = "409",
            description = "The configuration names it: it cannot be changed",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    public DeletedResponse deleteModel(
            @Parameter(description = "The model's name", example = "sentiment") @PathParam("model")
                    String model) {
        repository.deleteModel(caller.model(model));
        return new DeletedResponse(model, "model", true);
    }

    /** Deletes a version. */
    @DELETE
    @Path("/{model}/versions/{version}")
    @Operation(
            operationId = "deleteVersion",
            summary = "Delete a version; a default that pointed to it goes back")
    @APIResponse(responseCode = "204", description = "It is gone")
    @APIResponse(
            responseCode = "409",
            description = "An alias points to it, it is the only one, or it cannot be changed",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples =
                                    @ExampleObject(
                                            name = "in use",
                                            value = RepositoryExamples.IN_USE)))
    public void deleteVersion(
            @Parameter(description = "The model's name", example = "sentiment") @PathParam("model")
                    String model,
            @Parameter(description = "A version's number or an alias", example = "3")
                    @PathParam("version")
                    String version) {
        repository.deleteVersion(caller.model(model), version);
    }
}
