package dev.ortune.ort;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeviceSelectionTest {

    private static final DeviceState.Unusable WITHOUT_DRIVER =
            new DeviceState.Unusable(Device.CUDA, "There is no driver.", "Install one.");

    @Test
    void autoTakesAGpuThatWorksWithoutAWord() {
        DeviceSelection selection = select(DeviceRequest.AUTO, usable(Device.CUDA));
        assertThat(selection.device()).isEqualTo(Device.CUDA);
        assertThat(selection.warning()).isEmpty();
    }

    @Test
    void autoIsSilentWhereTheBuildHasNoGpu() {
        DeviceSelection selection = select(DeviceRequest.AUTO, absent(Device.CUDA));
        assertThat(selection.device()).isEqualTo(Device.CPU);
        assertThat(selection.warning()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "CUDA"})
    void aGpuBuildThatCannotUseAGpuSaysWhyAndTakesTheProcessor(DeviceRequest request) {
        DeviceSelection selection = select(request, WITHOUT_DRIVER);
        assertThat(selection.device()).isEqualTo(Device.CPU);
        assertThat(selection.warning())
                .contains(
                        "CUDA cannot be used, the CPU computes instead. There is no driver."
                                + " Install one.");
    }

    @ParameterizedTest
    @EnumSource(names = {"CUDA", "COREML"})
    void aDeviceThatIsAskedForAndNotInTheBuildIsWarnedOf(DeviceRequest request) {
        Device device = request.wanted().orElseThrow();
        DeviceSelection selection = select(request, absent(device));
        assertThat(selection.device()).isEqualTo(Device.CPU);
        assertThat(selection.warning().orElseThrow())
                .startsWith("This build has no " + device.label())
                .endsWith("Take another build.");
    }

    @Test
    void theProcessorIsTakenWithoutTryingAnything() {
        DeviceSelection selection =
                DeviceSelection.of(
                        DeviceRequest.CPU,
                        device -> {
                            throw new AssertionError(device + " was tried");
                        });
        assertThat(selection.device()).isEqualTo(Device.CPU);
        assertThat(selection.trainingWarning()).isEmpty();
    }

    @Test
    void coreMlInfersAndLeavesTrainingToTheProcessor() {
        DeviceSelection selection = select(DeviceRequest.COREML, usable(Device.COREML));
        assertThat(selection.device()).isEqualTo(Device.COREML);
        assertThat(selection.warning()).isEmpty();
        assertThat(selection.trainingDevice()).isEqualTo(Device.CPU);
        assertThat(selection.trainingWarning().orElseThrow())
                .contains("CoreML cannot train", "uses the CPU");
    }

    private static DeviceSelection select(DeviceRequest request, DeviceState state) {
        return DeviceSelection.of(request, Map.of(state.device(), state)::get);
    }

    private static DeviceState usable(Device device) {
        return new DeviceState.Usable(device);
    }

    private static DeviceState absent(Device device) {
        return new DeviceState.NotInBuild(device, "Take another build.");
    }
}
