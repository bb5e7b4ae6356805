package dev.ortune.api.rest;

import dev.ortune.access.AccessRule;
import dev.ortune.access.AccessTable;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Adds to the OpenAPI document what every operation asks of its caller, from the table itself. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class DocumentedAccess implements OASFilter {

    private static final String SCHEME = "key";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getPaths() == null) {
            return;
        }
        if (document.getComponents() == null) {
            document.setComponents(OASFactory.createComponents());
        }
        document.getComponents()
                .addSecurityScheme(
                        SCHEME,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description(
                                        "An API key, or a token of the configured issuer. On the"
                                                + " service's own machine none is needed until the"
                                                + " first key exists."));
        document.getPaths()
                .getPathItems()
                .forEach(
                        (path, item) ->
                                item.getOperations()
                                        .forEach(
                                                (method, operation) ->
                                                        complete(path, method, operation)));
    }

    private static void complete(String path, PathItem.HttpMethod method, Operation operation) {
        AccessRule rule = AccessTable.http(method.name(), path);
        if (rule.isOpen() || path.startsWith("/q/")) {
            return;
        }
        operation.setSecurity(
                List.of(OASFactory.createSecurityRequirement().addScheme(SCHEME, List.of())));
        operation.addExtension("x-ortune-scope", rule.words());
        DocumentedErrors.add(path, operation, 401);
        DocumentedErrors.add(path, operation, 403);
    }
}
