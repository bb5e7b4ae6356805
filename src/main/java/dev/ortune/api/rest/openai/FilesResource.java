package dev.ortune.api.rest.openai;

import dev.ortune.api.inference.FieldFault;
import dev.ortune.api.inference.ListSize;
import dev.ortune.api.rest.DeletedResponse;
import dev.ortune.api.rest.HttpCaller;
import dev.ortune.file.FilePage;
import dev.ortune.file.FilePurpose;
import dev.ortune.file.FileQuery;
import dev.ortune.file.FileStore;
import dev.ortune.file.StoredFile;
import dev.ortune.serve.BodyConfiguration;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** Rows to train on, and what jobs leave. Every method runs on a worker thread. */
@Path("/v1/files")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Files")
@Blocking
public final class FilesResource {

    private static final String FILE_PART = "file";

    private final FileStore files;
    private final HttpCaller caller;
    private final long maxBytes;

    public FilesResource(FileStore files, HttpCaller caller, BodyConfiguration bodies) {
        this.files = files;
        this.caller = caller;
        this.maxBytes = bodies.upload().maxBytes().asLongValue();
    }

    /** Takes a file in. */
    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(
            operationId = "uploadFile",
            summary = "Upload rows: CSV, TSV, JSON Lines or JSON with text and label, also .gz")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.MULTIPART_FORM_DATA,
                            schema = @Schema(implementation = UploadedRows.class)))
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content = @Content(schema = @Schema(implementation = FileResponse.class)))
    public FileResponse upload(
            @RestForm(FileUpload.ALL) List<FileUpload> parts, @RestForm Optional<String> purpose)
            throws IOException {
        FilePurpose wanted =
                FilePurpose.ofUpload(
                        "purpose",
                        FilePurpose.of(purpose.orElseThrow(() -> FieldFault.missing("purpose"))));
        if (parts.size() != 1 || !parts.get(0).name().equals(FILE_PART)) {
            throw FieldFault.of(FILE_PART, "The form must have one file, under this name");
        }
        FileUpload part = parts.get(0);
        try (InputStream content = Files.newInputStream(part.uploadedFile())) {
            return FileResponse.of(
                    files.add(
                            caller.get().tenant(),
                            Optional.ofNullable(part.fileName()).orElse(""),
                            wanted,
                            content,
                            maxBytes));
        }
    }

    /** Lists the files. */
    @GET
    @Operation(operationId = "listFiles", summary = "The files, newest first")
    @APIResponse(
            responseCode = "200",
            description = "Some of them",
            content = @Content(schema = @Schema(implementation = FileList.class)))
    public ListResponse<FileResponse> list(
            @RestQuery Optional<String> purpose,
            @RestQuery Optional<String> after,
            @RestQuery Optional<String> limit,
            @RestQuery Optional<String> order) {
        FileQuery query =
                new FileQuery(
                        purpose.map(FilesResource::purpose),
                        after,
                        ListLimit.of(limit, ListSize.FILES),
                        order.map(FilesResource::isAscending).orElse(false));
        FilePage page = files.list(caller.get().tenant(), query);
        return ListResponse.of(
                page.files().stream().map(FileResponse::of).toList(),
                FileResponse::id,
                page.hasMore());
    }

    /** One file. */
    @GET
    @Path("/{file}")
    @Operation(operationId = "getFile", summary = "A file, without its content")
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content = @Content(schema = @Schema(implementation = FileResponse.class)))
    public FileResponse file(@PathParam("file") String id) {
        return FileResponse.of(files.get(caller.get().tenant(), id));
    }

    /** A file's content. */
    @GET
    @Path("/{file}/content")
    // OpenAI's clients accept a type of their own, application/binary.
    @Produces(MediaType.WILDCARD)
    @Operation(operationId = "getFileContent", summary = "A file's content")
    @APIResponse(
            responseCode = "200",
            description = "The bytes as they were uploaded",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM,
                            schema = @Schema(implementation = byte[].class)))
    public Response content(@PathParam("file") String id) {
        StoredFile file = files.get(caller.get().tenant(), id);
        // Opened here: a file that is deleted before it is sent would leave the client waiting.
        return Response.ok(files.open(file))
                .type(MediaType.APPLICATION_OCTET_STREAM)
                .header(HttpHeaders.CONTENT_LENGTH, file.bytes())
                // The name is the client's: it must not be shown as anything that acts.
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    /** Deletes a file. */
    @DELETE
    @Path("/{file}")
    @Operation(
            operationId = "deleteFile",
            summary = "Delete a file; a job that still needs it fails")
    @APIResponse(
            responseCode = "200",
            description = "It is gone",
            content = @Content(schema = @Schema(implementation = DeletedResponse.class)))
    public DeletedResponse delete(@PathParam("file") String id) {
        files.delete(caller.get().tenant(), id);
        return new DeletedResponse(id, "file", true);
    }

    private static FilePurpose purpose(String word) {
        return FilePurpose.of(word)
                .orElseThrow(() -> FieldFault.of("purpose", "There is no such purpose"));
    }

    private static boolean isAscending(String order) {
        return switch (order) {
            case "asc" -> true;
            case "desc" -> false;
            default -> throw FieldFault.of("order", "The value must be \"asc\" or \"desc\"");
        };
    }

    /** For the OpenAPI document. */
    @Schema(name = "FileUpload")
    record UploadedRows(
            @Schema(implementation = byte[].class, format = "binary", required = true) String file,
            @Schema(required = true, enumeration = "fine-tune") String purpose) {}

    /** For the OpenAPI document. */
    @Schema(name = "FileList")
    record FileList(String object, List<FileResponse> data) {}
}
