package dev.ortune.ort;

import java.util.Optional;
import java.util.function.Function;

/**
 * The device that a runtime uses.
 *
 * @param device what infers
 * @param warning why it is not what was asked for, and what to do about it; a line for people
 */
public record DeviceSelection(Device device, Optional<String> warning) {

    /** What trains: the CPU, where the device only infers. */
    public Device trainingDevice() {
        return device.trains() ? device : Device.CPU;
    }

    /** {@link #warning()}, or that the device does not train. */
    public Optional<String> trainingWarning() {
        return device.trains()
                ? warning
                : Optional.of(
                        device.label()
                                + " cannot train, it only infers: training uses the CPU. Leave"
                                + " --device out, or give cpu, to train without this line.");
    }

    /** Takes the wanted device if it is usable, else the CPU. */
    static DeviceSelection of(DeviceRequest request, Function<Device, DeviceState> states) {
        Optional<DeviceState> state = request.wanted().map(states);
        if (state.isEmpty()) {
            return new DeviceSelection(Device.CPU, Optional.empty());
        }
        if (state.get() instanceof DeviceState.Usable usable) {
            return new DeviceSelection(usable.device(), Optional.empty());
        }
        return new DeviceSelection(Device.CPU, warning(request, state.get()));
    }

    private static Optional<String> warning(DeviceRequest request, DeviceState state) {
        if (state instanceof DeviceState.Unusable unusable) {
            return Optional.of(
                    unusable.device().label()
                            + " cannot be used, the CPU computes instead. "
                            + unusable.reason()
                            + " "
                            + unusable.remedy());
        }
        if (state instanceof DeviceState.NotInBuild absent && request.explicit()) {
            return Optional.of(
                    "This build has no "
                            + absent.device().label()
                            + ", the CPU computes instead. "
                            + absent.remedy());
        }
        return Optional.empty();
    }
}
