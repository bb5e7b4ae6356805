package dev.ortune.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServiceMetricsTest {

    @Test
    void theSeriesOfAMetricAreAddedUp() {
        String text =
                """
                # TYPE ortune_native_handles gauge
                ortune_native_handles{kind="session"} 2.0
                ortune_native_handles{kind="tensor"} 40.0
                ortune_native_handles_max 99.0
                """;
        assertThat(ServiceMetrics.sum(text, "ortune_native_handles")).hasValue(42);
    }

    @Test
    void aMetricThatIsNotThereHasNoSum() {
        assertThat(ServiceMetrics.sum("other 1.0\n", "ortune_native_handles")).isEmpty();
    }
}
