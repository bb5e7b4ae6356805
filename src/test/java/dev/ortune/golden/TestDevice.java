package dev.ortune.golden;

import dev.ortune.ort.Device;
import dev.ortune.ort.DeviceRequest;
import dev.ortune.ort.OrtRuntime;

/**
 * The device that the comparisons with PyTorch run on: {@code -Dortune.test.device=cuda} takes them
 * to a GPU. There is no falling back: a device that does not work fails the test.
 */
public final class TestDevice {

    private static final String PROPERTY = "ortune.test.device";

    private TestDevice() {}

    /** A runtime with one thread on that device, the CPU if none is named. */
    public static OrtRuntime open() {
        return open(System.getProperty(PROPERTY, "cpu"));
    }

    static OrtRuntime open(String word) {
        DeviceRequest request = DeviceRequest.parse(word, PROPERTY);
        OrtRuntime runtime = OrtRuntime.open(1, request);
        Device device = runtime.selection().trainingDevice();
        if (!device.name().equals(request.name())) {
            runtime.close();
            throw new AssertionError(
                    PROPERTY
                            + " is "
                            + word
                            + ", but "
                            + device.label()
                            + " would compute: "
                            + runtime.selection()
                                    .trainingWarning()
                                    .orElse("name the device that is meant"));
        }
        return runtime;
    }
}
