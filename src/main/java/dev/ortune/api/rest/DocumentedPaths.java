package dev.ortune.api.rest;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * Names the parts of paths in the OpenAPI document that the generator leaves out: those of resources
 * that inherit their methods.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class DocumentedPaths implements OASFilter {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]+)\\}");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getPaths() == null) {
            return;
        }
        document.getPaths()
                .getPathItems()
                .forEach(
                        (path, item) ->
                                item.getOperations()
                                        .values()
                                        .forEach(
                                                operation ->
                                                        complete(
                                                                path,
                                                                operation,
                                                                parameters(item.getParameters()))));
    }

    private static void complete(String path, Operation operation, List<Parameter> shared) {
        PLACEHOLDER
                .matcher(path)
                .results()
                .map(match -> match.group(1))
                .filter(name -> !names(name, shared))
                .filter(name -> !names(name, parameters(operation.getParameters())))
                .forEach(name -> operation.addParameter(parameter(name)));
    }

    private static boolean names(String name, List<Parameter> parameters) {
        return parameters.stream()
                .anyMatch(it -> it.getIn() == Parameter.In.PATH && name.equals(it.getName()));
    }

    private static List<Parameter> parameters(List<Parameter> perhaps) {
        return Optional.ofNullable(perhaps).orElse(List.of());
    }

    private static Parameter parameter(String name) {
        return OASFactory.createParameter()
                .name(name)
                .in(Parameter.In.PATH)
                .required(true)
                .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING));
    }
}
