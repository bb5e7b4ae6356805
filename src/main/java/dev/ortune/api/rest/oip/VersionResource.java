package dev.ortune.api.rest.oip;

import dev.ortune.api.inference.OpenInference;
import dev.ortune.api.rest.HttpCaller;
import dev.ortune.api.rest.HttpInference;
import dev.ortune.api.rest.JsonBody;
import jakarta.ws.rs.Path;

/** A model at the version that a number or an alias names. */
@Path("/v2/models/{model}/versions/{version}")
public final class VersionResource extends ModelOperations {

    public VersionResource(
            OpenInference inference, HttpInference http, HttpCaller caller, JsonBody bodies) {
        super(inference, http, caller, bodies);
    }
}
