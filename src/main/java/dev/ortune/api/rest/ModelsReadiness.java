package dev.ortune.api.rest;

import dev.ortune.serve.ModelDescription;
import dev.ortune.serve.ModelRegistry;
import jakarta.inject.Singleton;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once the catalog stands, which is once every model is loaded. Whoever probes has no tenant, so
 * the names are those that all tenants see.
 */
@Readiness
@Singleton
public final class ModelsReadiness implements HealthCheck {

    private final ModelRegistry registry;

    public ModelsReadiness(ModelRegistry registry) {
        this.registry = registry;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("models")
                .up()
                .withData(
                        "names",
                        registry.sharedModels().stream()
                                .map(ModelDescription::name)
                                .collect(Collectors.joining(", ")))
                .build();
    }
}
