package dev.ortune.api.rest.access;

import dev.ortune.access.Caller;
import dev.ortune.api.rest.HttpCaller;
import dev.ortune.audit.AuditLog;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The audit log. On a worker thread. */
@Path("/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Access")
@Blocking
public final class AuditResource {

    private static final long DEFAULT_LIMIT = 100;
    private static final long LARGEST_LIMIT = 1000;

    private final AuditLog log;
    private final HttpCaller caller;

    public AuditResource(AuditLog log, HttpCaller caller) {
        this.log = log;
        this.caller = caller;
    }

    /** Entries after one. */
    @GET
    @Operation(
            operationId = "readAuditLog",
            summary = "Who changed what, and when",
            description =
                    "Admins of the tenant default see all, others what their tenant's callers did.")
    @APIResponse(
            responseCode = "200",
            description = "Entries, oldest first",
            content =
                    @Content(
                            schema = @Schema(implementation = AuditResponse.class),
                            examples =
                                    @ExampleObject(
                                            name = "one entry",
                                            value = AccessExamples.AUDIT)))
    public AuditResponse read(
            @Parameter(
                            description = "Only entries with higher numbers",
                            schema = @Schema(implementation = Long.class))
                    @QueryParam("after")
                    Optional<String> after,
            @Parameter(
                            description = "So many entries at most: 1 to 1000, 100 without it",
                            schema = @Schema(implementation = Integer.class))
                    @QueryParam("limit")
                    Optional<String> limit) {
        Caller admin = caller.get();
        return AuditResponse.of(
                log.after(
                        admin.isOperator() ? Optional.empty() : Optional.of(admin.tenant()),
                        after.map(text -> number("after", text, 0, Long.MAX_VALUE)).orElse(0L),
                        limit.map(text -> number("limit", text, 1, LARGEST_LIMIT))
                                .orElse(DEFAULT_LIMIT)
                                .intValue()));
    }

    private static long number(String name, String text, long least, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told like a number out of bounds.
        }
        throw InvalidInputException.ofField(
                ErrorCode.INVALID_REQUEST,
                name,
                "\"" + text + "\" is no whole number from " + least + " to " + most,
                "Correct " + name + ", or leave it out.");
    }
}
