package dev.ortune.api.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

class ReadinessChecksTest {

    private static final HealthCheck UP = () -> HealthCheckResponse.up("up");
    private static final HealthCheck DOWN = () -> HealthCheckResponse.down("down");
    private static final HealthCheck BROKEN =
            () -> {
                throw new IllegalStateException("broken");
            };

    @Test
    void allHaveToBeUp() {
        assertThat(new ReadinessChecks(List.of()).areUp()).isTrue();
        assertThat(new ReadinessChecks(List.of(UP, UP)).areUp()).isTrue();
        assertThat(new ReadinessChecks(List.of(UP, DOWN)).areUp()).isFalse();
        assertThat(new ReadinessChecks(List.of(BROKEN, UP)).areUp()).isFalse();
    }
}
