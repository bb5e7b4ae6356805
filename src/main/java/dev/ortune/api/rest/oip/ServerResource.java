package dev.ortune.api.rest.oip;

import dev.ortune.api.inference.OpenInference;
import dev.ortune.api.inference.ServerMetadata;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The server itself. Answers on the event loop, from memory. */
@Path("/v2")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Open Inference Protocol")
@NonBlocking
public final class ServerResource {

    private final OpenInference inference;

    public ServerResource(OpenInference inference) {
        this.inference = inference;
    }

    /** {@code $metadata_server_response}. */
    @GET
    @Operation(operationId = "serverMetadata", summary = "What the server is")
    @APIResponse(
            responseCode = "200",
            description = "Its name, version and extensions",
            content =
                    @Content(
                            schema = @Schema(implementation = ServerMetadata.class),
                            examples = @ExampleObject(name = "server", value = OipExamples.SERVER)))
    public ServerMetadata metadata() {
        return inference.server();
    }

    /** {@code $live_server_response}. */
    @GET
    @Path("/health/live")
    @Operation(operationId = "serverLive", summary = "Whether the server takes requests")
    @APIResponse(
            responseCode = "200",
            description = "It does",
            content =
                    @Content(
                            schema = @Schema(implementation = Live.class),
                            examples = @ExampleObject(name = "live", value = OipExamples.LIVE)))
    public Live live() {
        return new Live(true);
    }

    /** {@code $ready_server_response}. */
    @GET
    @Path("/health/ready")
    @Operation(operationId = "serverReady", summary = "Whether the models are there")
    @APIResponse(
            responseCode = "200",
            description = "They are",
            content =
                    @Content(
                            schema = @Schema(implementation = Ready.class),
                            examples = @ExampleObject(name = "ready", value = OipExamples.READY)))
    public Ready ready() {
        return new Ready(true, inference.isServerReady());
    }

    /** Whether the server lives. */
    @Schema(name = "ServerLive")
    public record Live(boolean live) {}

    /**
     * Whether the server is ready.
     *
     * @param live as the protocol's text has it
     * @param ready as its servers have it
     */
    @Schema(name = "ServerReady")
    public record Ready(boolean live, boolean ready) {}
}
