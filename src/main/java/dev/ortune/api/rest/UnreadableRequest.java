package dev.ortune.api.rest;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Requests on which Quarkus's own readers fail, with whatever exception they run into, before a resource
 * sees them: a content type that is none, a form whose parts are no parts.
 */
final class UnreadableRequest {

    private static final String HANDLERS = "org.jboss.resteasy.reactive.server.handlers.";
    private static final String TYPE_READER = HANDLERS + "MediaTypeMapper";
    private static final String FORM_READER = HANDLERS + "FormBodyHandler";

    private UnreadableRequest() {}

    /** What to tell of a fault, if it is one of these. */
    static Optional<Problem> problem(Throwable fault) {
        if (fault instanceof UncheckedIOException) {
            // The disk's fault, not the request's.
            return Optional.empty();
        }
        if (isOf(fault, TYPE_READER)) {
            return Optional.of(HttpProblem.of(Response.Status.UNSUPPORTED_MEDIA_TYPE));
        }
        if (isOf(fault, FORM_READER)) {
            return Optional.of(form());
        }
        return Optional.empty();
    }

    /** What to tell of a body on which the reading ended without a fault that tells its place. */
    static Problem ofBody(HttpHeaders headers) {
        String type = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
        return type != null && type.startsWith(MediaType.MULTIPART_FORM_DATA)
                ? form()
                : HttpProblem.of(Response.Status.BAD_REQUEST);
    }

    private static Problem form() {
        return Problem.ofStatus(
                Response.Status.BAD_REQUEST,
                "The form cannot be read.",
                "Send multipart/form-data as RFC 7578 has it, as HTTP libraries do.");
    }

    private static boolean isOf(Throwable fault, String reader) {
        return Arrays.stream(fault.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(reader));
    }
}
