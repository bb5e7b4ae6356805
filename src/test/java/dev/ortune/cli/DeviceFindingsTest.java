package dev.ortune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.ort.Device;
import dev.ortune.ort.DeviceState;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceFindingsTest {

    @Test
    void aDeviceThatWorksSaysWhatItDoes() {
        assertThat(finding(new DeviceState.Usable(Device.CUDA)))
                .isEqualTo(Finding.fine("device CUDA", "trains and infers"));
        assertThat(finding(new DeviceState.Usable(Device.COREML)))
                .isEqualTo(Finding.fine("device CoreML", "infers; it cannot train"));
    }

    @Test
    void aDeviceOfTheBuildThatDoesNotWorkIsAWarningWithItsReasonAndRemedy() {
        assertThat(
                        finding(
                                new DeviceState.Unusable(
                                        Device.CUDA, "There is no driver.", "Install one.")))
                .isEqualTo(
                        Finding.warning(
                                "device CUDA",
                                "in this build, but not usable. There is no driver.",
                                "Install one."));
    }

    @Test
    void aDeviceThatTheBuildLacksIsNoFault() {
        Finding finding = finding(new DeviceState.NotInBuild(Device.CUDA, "Build with it."));
        assertThat(finding.state()).isEqualTo(Finding.State.FINE);
        assertThat(finding.text()).contains("not in this build", "try: Build with it.");
    }

    private static Finding finding(DeviceState state) {
        return DeviceFindings.of(List.of(state)).get(0);
    }
}
