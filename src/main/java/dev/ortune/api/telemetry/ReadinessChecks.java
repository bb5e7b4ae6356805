package dev.ortune.api.telemetry;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Whether {@code /q/health/ready} says so. */
final class ReadinessChecks {

    private final Iterable<HealthCheck> checks;

    ReadinessChecks(Iterable<HealthCheck> checks) {
        this.checks = checks;
    }

    /** Waits for all of them. */
    boolean areUp() {
        for (HealthCheck check : checks) {
            if (!isUp(check)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUp(HealthCheck check) {
        try {
            return check.call().getStatus() == HealthCheckResponse.Status.UP;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
