package dev.ortune.api.rest.access;

import dev.ortune.access.ApiKeys;
import dev.ortune.access.Caller;
import dev.ortune.access.CreatedApiKey;
import dev.ortune.api.rest.GivenBody;
import dev.ortune.api.rest.HttpCaller;
import dev.ortune.api.rest.Problem;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** API keys. Every method runs on a worker thread. */
@Path("/v1/keys")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Access")
@Blocking
public final class KeysResource {

    private final ApiKeys keys;
    private final HttpCaller caller;

    public KeysResource(ApiKeys keys, HttpCaller caller) {
        this.keys = keys;
        this.caller = caller;
    }

    /** Creates a key. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createKey",
            summary = "Create a key",
            description =
                    "The secret is told once, and kept as a hash only. Admins of the tenant default"
                            + " create keys for any tenant, others for their own.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = KeyRequest.class),
                            examples =
                                    @ExampleObject(
                                            name = "for inference",
                                            value = AccessExamples.KEY_REQUEST)))
    @APIResponse(
            responseCode = "201",
            description = "The key with its secret",
            content =
                    @Content(
                            schema = @Schema(implementation = KeyResponse.class),
                            examples =
                                    @ExampleObject(
                                            name = "new key",
                                            value = AccessExamples.CREATED_KEY)))
    public Response create(KeyRequest request) {
        Caller admin = caller.get();
        CreatedApiKey created =
                keys.create(admin, GivenBody.of(request, AccessExamples.KEY_REQUEST).wanted(admin));
        return Response.created(URI.create("/v1/keys/" + created.key().id()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(KeyResponse.of(created))
                .build();
    }

    /** Lists the keys. */
    @GET
    @Operation(operationId = "listKeys", summary = "The keys, revoked ones too")
    @APIResponse(
            responseCode = "200",
            description = "Without their secrets, which nobody keeps",
            content =
                    @Content(
                            schema = @Schema(implementation = KeysResponse.class),
                            examples =
                                    @ExampleObject(name = "one key", value = AccessExamples.KEYS)))
    public KeysResponse list(
            @Parameter(
                            description = "Only keys of this tenant",
                            example = "acme",
                            schema = @Schema(implementation = String.class))
                    @QueryParam("tenant")
                    Optional<String> tenant) {
        return new KeysResponse(
                keys.list(caller.get(), tenant).stream().map(KeyResponse::of).toList());
    }

    /** Revokes a key. */
    @DELETE
    @Path("/{key}")
    @Operation(
            operationId = "revokeKey",
            summary = "Revoke a key: at once here, within ten seconds in other processes")
    @APIResponse(
            responseCode = "200",
            description = "The key, which opens nothing any more",
            content =
                    @Content(
                            schema = @Schema(implementation = KeyResponse.class),
                            examples =
                                    @ExampleObject(
                                            name = "revoked key",
                                            value = AccessExamples.REVOKED_KEY)))
    @APIResponse(
            responseCode = "404",
            description = "There is no such key",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    public KeyResponse revoke(
            @Parameter(description = "The key's id", example = AccessExamples.KEY_ID)
                    @PathParam("key")
                    String key) {
        return KeyResponse.of(keys.revoke(caller.get(), key));
    }
}
