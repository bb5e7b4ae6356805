package dev.ortune.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.InvalidInputException;
import dev.ortune.ort.Device;
import dev.ortune.ort.OrtRuntime;
import org.junit.jupiter.api.Test;

/** A run of the comparisons on a device is one on that device, or fails. */
class TestDeviceTest {

    @Test
    void theProcessorIsAlwaysThere() {
        try (OrtRuntime runtime = TestDevice.open("cpu")) {
            assertThat(runtime.selection().device()).isEqualTo(Device.CPU);
        }
    }

    @Test
    void aDeviceThatDoesNotTrainHereFailsInsteadOfFallingBack() {
        assertThatThrownBy(() -> TestDevice.open("coreml"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("CoreML")
                .hasMessageContaining("CPU");
    }

    @Test
    void anUnknownDeviceIsRefused() {
        assertThatThrownBy(() -> TestDevice.open("gpu"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("ortune.test.device");
    }
}
