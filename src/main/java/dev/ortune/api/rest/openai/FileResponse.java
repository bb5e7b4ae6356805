package dev.ortune.api.rest.openai;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ortune.file.StoredFile;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A file.
 *
 * @param object {@code file}
 * @param createdAt seconds since 1970
 * @param status {@code processed}, always
 * @param sha256 of the content
 */
@Schema(name = "File")
public record FileResponse(
        String id,
        String object,
        long bytes,
        @JsonProperty("created_at") long createdAt,
        String filename,
        String purpose,
        String status,
        String sha256) {

    static FileResponse of(StoredFile file) {
        return new FileResponse(
                file.id(),
                "file",
                file.bytes(),
                file.createdAt().getEpochSecond(),
                file.name(),
                file.purpose().word(),
                "processed",
                file.sha256());
    }
}
