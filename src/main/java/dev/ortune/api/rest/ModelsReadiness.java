package dev.ortune.api.rest;

import dev.ortune.serve.ModelCatalog;
import dev.ortune.serve.ServedModel;
import jakarta.inject.Singleton;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the catalog stands, which is once every model is loaded. */
@Readiness
@Singleton
public final class ModelsReadiness implements HealthCheck {

    private final ModelCatalog catalog;

    public ModelsReadiness(ModelCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("models")
                .up()
                .withData(
                        "names",
                        catalog.models().stream()
                                .map(ServedModel::name)
                                .collect(Collectors.joining(", ")))
                .build();
    }
}
