package dev.ortune.api.rest;

import dev.ortune.repository.AdapterRepository;
import dev.ortune.repository.AdapterUploads;
import dev.ortune.repository.PublishedVersion;
import dev.ortune.repository.UploadedFile;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** New versions from clients. Every method runs on a worker thread, which reads the body. */
@Path("/v1/models")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Repository")
@Blocking
public final class UploadResource {

    private static final String ZIP = "application/zip";
    private static final String TAR = "application/x-tar";
    private static final String GZIP = "application/gzip";
    private static final String OLD_GZIP = "application/x-gzip";

    private final AdapterUploads uploads;
    private final AdapterRepository repository;
    private final HttpCaller caller;

    public UploadResource(AdapterUploads uploads, AdapterRepository repository, HttpCaller caller) {
        this.uploads = uploads;
        this.repository = repository;
        this.caller = caller;
    }

    /** Publishes an adapter from an archive. */
    @POST
    @Path("/{model}/versions")
    @Consumes({ZIP, TAR, GZIP, OLD_GZIP, MediaType.APPLICATION_OCTET_STREAM})
    @Operation(
            operationId = "publishVersion",
            summary = "Publish a PEFT LoRA adapter as a model's next version",
            description =
                    "The files of the adapter's folder in a zip, a tar or a tar.gz, at the top or"
                            + " in one folder there; or each as a part of a form.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = ZIP,
                        schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(
                        mediaType = TAR,
                        schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(
                        mediaType = GZIP,
                        schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(
                        mediaType = MediaType.MULTIPART_FORM_DATA,
                        schema = @Schema(implementation = UploadForm.class))
            })
    @APIResponse(
            responseCode = "201",
            description = "The new version; Location has its address",
            content =
                    @Content(
                            schema = @Schema(implementation = VersionResponse.class),
                            examples =
                                    @ExampleObject(
                                            name = "version 3",
                                            value = RepositoryExamples.VERSION)))
    @APIResponse(
            responseCode = "400",
            description = "No adapter that can be served here",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples =
                                    @ExampleObject(
                                            name = "unknown base",
                                            value = RepositoryExamples.UNKNOWN_BASE)))
    @APIResponse(
            responseCode = "409",
            description = "The configuration names the model: it cannot be changed",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "413",
            description = "The upload, or what is in it, is too large",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples =
                                    @ExampleObject(
                                            name = "too large",
                                            value = RepositoryExamples.TOO_LARGE)))
    public Response publish(@BeanParam PublicationQuery query, InputStream body)
            throws IOException {
        return created(uploads.publish(query.publication(caller), body));
    }

    /** Publishes an adapter from a form. */
    @POST
    @Path("/{model}/versions")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(hidden = true)
    public Response publishFiles(
            @BeanParam PublicationQuery query, @RestForm(FileUpload.ALL) List<FileUpload> files)
            throws IOException {
        List<UploadedFile> sent =
                files.stream()
                        .map(file -> new UploadedFile(file.fileName(), file.uploadedFile()))
                        .toList();
        return created(uploads.publish(query.publication(caller), sent));
    }

    private Response created(PublishedVersion version) {
        return Response.created(
                        URI.create(
                                "/v1/models/"
                                        + version.model().name()
                                        + "/versions/"
                                        + version.number()))
                .entity(VersionResponse.of(repository.model(version.model()), version))
                .build();
    }
}
