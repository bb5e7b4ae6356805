package dev.ortune.api.rest.oip;

import dev.ortune.api.inference.OpenInference;
import dev.ortune.api.rest.HttpCaller;
import dev.ortune.api.rest.HttpInference;
import dev.ortune.api.rest.JsonBody;
import jakarta.ws.rs.Path;

/** A model at its default version. */
@Path("/v2/models/{model}")
public final class DefaultVersionResource extends ModelOperations {

    public DefaultVersionResource(
            OpenInference inference, HttpInference http, HttpCaller caller, JsonBody bodies) {
        super(inference, http, caller, bodies);
    }
}
