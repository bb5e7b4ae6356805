package dev.ortune.api.rest;

import dev.ortune.error.ErrorCode;
import jakarta.ws.rs.core.Response;

/** Uploads that fail before anything looks at them. */
final class UploadProblem {

    private UploadProblem() {}

    static Problem tooLarge(String path, long limitBytes) {
        boolean isFile = path.startsWith("/v1/files");
        return Problem.of(
                Response.Status.REQUEST_ENTITY_TOO_LARGE.getStatusCode(),
                isFile ? ErrorCode.FILE_TOO_LARGE : ErrorCode.ARCHIVE_TOO_LARGE,
                "The upload has more than " + limitBytes + " bytes.",
                (isFile
                                ? "Send fewer rows, or a compressed file (.jsonl.gz, .csv.gz)"
                                : "Send the adapter's own files only")
                        + "; ortune.upload.max-bytes sets the limit.");
    }
}
