package dev.ortune.api.rest;

import dev.ortune.serve.BasePreparation;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the listed bases are prepared: fetched, checked, laid out for being mapped. */
@Readiness
@Singleton
public final class BasesReadiness implements HealthCheck {

    private final BasePreparation preparation;

    public BasesReadiness(BasePreparation preparation) {
        this.preparation = preparation;
    }

    @Override
    public HealthCheckResponse call() {
        List<String> missing = preparation.missing();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("bases").status(missing.isEmpty());
        if (!missing.isEmpty()) {
            response.withData("missing", String.join(", ", missing));
        }
        return response.build();
    }
}
