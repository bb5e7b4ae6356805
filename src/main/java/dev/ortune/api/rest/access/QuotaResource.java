package dev.ortune.api.rest.access;

import dev.ortune.access.Quotas;
import dev.ortune.api.rest.GivenBody;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tenants' quotas, for admins of the tenant default. Every method runs on a worker thread. */
@Path("/v1/tenants/{tenant}/quota")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Access")
@Blocking
public final class QuotaResource {

    private final Quotas quotas;

    public QuotaResource(Quotas quotas) {
        this.quotas = quotas;
    }

    /** A tenant's quota. */
    @GET
    @Operation(operationId = "getQuota", summary = "How much a tenant may have")
    @APIResponse(
            responseCode = "200",
            description = "What it was given, and what holds",
            content =
                    @Content(
                            schema = @Schema(implementation = QuotaResponse.class),
                            examples =
                                    @ExampleObject(name = "quota", value = AccessExamples.QUOTA)))
    public QuotaResponse get(
            @Parameter(description = "The tenant's name", example = "acme") @PathParam("tenant")
                    String tenant) {
        return new QuotaResponse(
                tenant,
                QuotaDocument.of(quotas.given(tenant)),
                QuotaDocument.of(quotas.of(tenant)));
    }

    /** Gives a tenant its quota. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putQuota",
            summary = "Give a tenant its quota, in place of the one that it had",
            description = "Fields that are left out have the service's defaults (ortune.quota.*).")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = QuotaDocument.class),
                            examples =
                                    @ExampleObject(
                                            name = "all limits",
                                            value = AccessExamples.QUOTA_REQUEST)))
    @APIResponse(
            responseCode = "200",
            description = "What it was given, and what holds",
            content =
                    @Content(
                            schema = @Schema(implementation = QuotaResponse.class),
                            examples =
                                    @ExampleObject(name = "quota", value = AccessExamples.QUOTA)))
    public QuotaResponse put(
            @Parameter(description = "The tenant's name", example = "acme") @PathParam("tenant")
                    String tenant,
            QuotaDocument request) {
        quotas.give(tenant, GivenBody.of(request, AccessExamples.QUOTA_REQUEST).quota());
        return get(tenant);
    }
}
