package dev.ortune.ort;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Devices as this machine and this build have them. */
class DeviceProbeTest {

    @Test
    void everyDeviceHasAStateAndTheProcessorWorks() {
        try (OrtRuntime runtime = OrtRuntime.open(1)) {
            assertThat(runtime.deviceStates())
                    .extracting(DeviceState::device)
                    .containsExactly(Device.values());
            assertThat(runtime.deviceStates().get(0)).isEqualTo(new DeviceState.Usable(Device.CPU));
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.WINDOWS})
    void coreMlIsOnlyInBuildsForMacOs() {
        try (OrtRuntime runtime = OrtRuntime.open(1, DeviceRequest.COREML)) {
            assertThat(runtime.selection().device()).isEqualTo(Device.CPU);
            assertThat(runtime.selection().warning().orElseThrow())
                    .contains("This build has no CoreML", "macOS");
        }
    }

    /** Holds on every build and machine: the GPU works, or there is a reason and a remedy. */
    @Test
    void askingForCudaNeverFailsAndNeverFallsBackSilently() {
        OrtRuntime runtime = OrtRuntime.open(1, DeviceRequest.CUDA);
        try (runtime) {
            boolean works = runtime.selection().device() == Device.CUDA;
            assertThat(runtime.selection().warning().isEmpty()).isEqualTo(works);
            runtime.selection()
                    .warning()
                    .ifPresent(
                            line ->
                                    assertThat(line)
                                            .contains("CUDA", "the CPU computes instead")
                                            .contains("docs/gpu.md")
                                            .doesNotContain("refused a call"));
        }
        assertThat(runtime.openHandles()).isZero();
    }
}
