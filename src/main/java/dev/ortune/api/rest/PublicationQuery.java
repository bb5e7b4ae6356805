package dev.ortune.api.rest;

import dev.ortune.repository.Publication;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** Where an upload goes, from the address. */
public final class PublicationQuery {

    @Parameter(description = "The model's name; it need not exist yet", example = "sentiment")
    @PathParam("model")
    private String model;

    @Parameter(description = "Whether the model's default moves to the new version")
    @QueryParam("activate")
    @DefaultValue("true")
    private boolean activate;

    @Parameter(description = "A further alias to point to the new version", example = "prod")
    @QueryParam("alias")
    private Optional<String> alias;

    @Parameter(
            description = "The base, in place of the one that the adapter names",
            example = "distilbert-base-uncased")
    @QueryParam("base")
    private Optional<String> base;

    Publication publication(HttpCaller caller) {
        return new Publication(
                caller.model(model), activate, alias, base.filter(name -> !name.isBlank()));
    }
}
