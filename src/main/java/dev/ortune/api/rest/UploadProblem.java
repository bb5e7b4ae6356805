package dev.ortune.api.rest;

import dev.ortune.error.ErrorCode;
import jakarta.ws.rs.core.Response;

/** Uploads that fail before they reach the repository. */
final class UploadProblem {

    private UploadProblem() {}

    static Problem tooLarge(long limitBytes) {
        return Problem.of(
                Response.Status.REQUEST_ENTITY_TOO_LARGE.getStatusCode(),
                ErrorCode.ARCHIVE_TOO_LARGE,
                "The upload has more than " + limitBytes + " bytes.",
                "Send the adapter's own files only; ortune.upload.max-bytes sets the limit.");
    }
}
