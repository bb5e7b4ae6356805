package dev.ortune.api.rest;

import dev.ortune.repository.AdapterExports;
import dev.ortune.repository.Export;
import dev.ortune.repository.ModelReference;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Versions to take away. Every method runs on a worker thread, which sends the content. */
@Path("/v1/models")
@Tag(name = "Repository")
@Blocking
public final class ExportResource {

    private final AdapterExports exports;
    private final HttpCaller caller;

    public ExportResource(AdapterExports exports, HttpCaller caller) {
        this.exports = exports;
        this.caller = caller;
    }

    /** Sends a version in a format. */
    @GET
    @Path("/{model}/versions/{version}/export")
    @Operation(operationId = "exportVersion", summary = "Take a version away as a file")
    @APIResponse(
            responseCode = "200",
            description =
                    "For format=peft a zip of the adapter's folder, each file as published; for"
                            + " onnx_adapter ONNX Runtime's adapter file; for onnx one model with the"
                            + " adapter merged into its base",
            content = {
                @Content(
                        mediaType = "application/zip",
                        schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(
                        mediaType = "application/octet-stream",
                        schema = @Schema(type = SchemaType.STRING, format = "binary"))
            })
    @APIResponse(
            responseCode = "400",
            description = "The format is not offered",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "404",
            description = "There is no such model, version or alias",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    public Response export(
            @Parameter(description = "The model's name", example = "sentiment") @PathParam("model")
                    String model,
            @Parameter(description = "A version's number or an alias", example = "3")
                    @PathParam("version")
                    String version,
            @Parameter(
                            description = "The format",
                            schema = @Schema(enumeration = {"peft", "onnx_adapter", "onnx"}))
                    @QueryParam("format")
                    @DefaultValue("peft")
                    String format) {
        Export export =
                exports.open(new ModelReference(caller.model(model), Optional.of(version)), format);
        StreamingOutput content =
                out -> {
                    try (export) {
                        export.writeTo(out);
                    }
                };
        return Response.ok(content)
                .type(export.mediaType())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"" + export.fileName() + "\"")
                .build();
    }
}
