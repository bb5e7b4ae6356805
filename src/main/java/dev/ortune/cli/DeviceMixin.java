package dev.ortune.cli;

import dev.ortune.console.Console;
import dev.ortune.ort.DeviceRequest;
import dev.ortune.ort.OrtRuntime;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What computes. */
final class DeviceMixin {

    @Option(
            names = "--device",
            paramLabel = "NAME",
            description =
                    "auto, cpu, cuda or coreml (auto: CUDA where it works, else the CPU); doctor"
                            + " says what works here.")
    private Optional<String> device = Optional.empty();

    /**
     * What the user asked for, if anything.
     *
     * @throws dev.ortune.error.InvalidInputException {@code INVALID_OPTION}
     */
    Optional<DeviceRequest> given() {
        return device.map(word -> DeviceRequest.parse(word, "--device"));
    }

    /** Opens a runtime to train on, and warns where it is not on the device asked for. */
    OrtRuntime openForTraining(int threads, Console console) {
        OrtRuntime runtime = open(threads);
        runtime.selection().trainingWarning().ifPresent(line -> warn(console, line));
        return runtime;
    }

    /** Opens a runtime to infer on, and warns where it is not on the device asked for. */
    OrtRuntime openForInference(int threads, Console console) {
        OrtRuntime runtime = open(threads);
        runtime.selection().warning().ifPresent(line -> warn(console, line));
        return runtime;
    }

    private OrtRuntime open(int threads) {
        return OrtRuntime.open(threads, given().orElse(DeviceRequest.AUTO));
    }

    private static void warn(Console console, String line) {
        console.notice("warning: " + line);
    }
}
