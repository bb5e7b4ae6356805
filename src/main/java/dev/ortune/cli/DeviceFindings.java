package dev.ortune.cli;

import dev.ortune.ort.Device;
import dev.ortune.ort.DeviceState;
import java.util.List;

/** What a checkup says about the devices that could compute. */
final class DeviceFindings {

    private DeviceFindings() {}

    /** A finding for each device, the CPU first. */
    static List<Finding> of(List<DeviceState> states) {
        return states.stream().map(DeviceFindings::of).toList();
    }

    private static Finding of(DeviceState state) {
        String subject = "device " + state.device().label();
        if (state instanceof DeviceState.Unusable unusable) {
            return Finding.warning(
                    subject,
                    "in this build, but not usable. " + unusable.reason(),
                    unusable.remedy());
        }
        if (state instanceof DeviceState.NotInBuild absent) {
            return Finding.optional(subject, "not in this build", absent.remedy());
        }
        return Finding.fine(subject, use(state.device()));
    }

    private static String use(Device device) {
        return device.trains() ? "trains and infers" : "infers; it cannot train";
    }
}
