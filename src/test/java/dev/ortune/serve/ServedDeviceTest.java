package dev.ortune.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.InvalidInputException;
import dev.ortune.ort.Device;
import dev.ortune.ort.OrtRuntime;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The device of the service, as configured. */
class ServedDeviceTest {

    @Test
    void theServiceComputesOnTheConfiguredDevice() {
        try (OrtRuntime runtime = runtime("cpu")) {
            assertThat(runtime.selection().device()).isEqualTo(Device.CPU);
            assertThat(runtime.selection().warning()).isEmpty();
        }
    }

    @Test
    void anUnknownDeviceIsRefusedAtStartWithItsProperty() {
        assertThatThrownBy(() -> runtime("gpu"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("ortune.device must be auto, cpu, cuda or coreml, not \"gpu\".");
    }

    @Test
    void withoutASettingTheDeviceIsChosen() {
        assertThat(configuration(Map.of()).device()).isEqualTo("auto");
    }

    private static OrtRuntime runtime(String device) {
        return new ServingBeans()
                .runtime(configuration(Map.of("ortune.device", device, "ortune.threads", "1")));
    }

    private static ServeConfiguration configuration(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(ServeConfiguration.class)
                .withDefaultValues(properties)
                .build()
                .getConfigMapping(ServeConfiguration.class);
    }
}
