package dev.ortune.api.rest.access;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How much a tenant may have.
 *
 * @param given what it was given itself
 * @param effective what holds: the service's defaults where it was given nothing
 */
@Schema(name = "TenantQuota")
public record QuotaResponse(String tenant, QuotaDocument given, QuotaDocument effective) {}
