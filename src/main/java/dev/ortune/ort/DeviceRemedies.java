package dev.ortune.ort;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what ONNX Runtime says about a device into what a user can do about it. */
final class DeviceRemedies {

    private static final Pattern MISSING_LIBRARY =
            Pattern.compile("(lib[\\w.+-]+): cannot open shared object file");
    private static final Pattern CUDA_FAILURE = Pattern.compile("CUDA failure (\\d+): ([^;]+)");
    private static final int LONGEST_REASON = 300;

    private DeviceRemedies() {}

    /** Which build has a device. */
    static String build(Device device) {
        return switch (device) {
            case CPU -> "Every build has it.";
            case CUDA ->
                    "Build with ./mvnw package -Pcuda on Linux x86_64 (docs/gpu.md), or leave the"
                            + " device out.";
            case COREML -> "Only macOS on arm64 has it; leave the device out elsewhere.";
        };
    }

    /** The state of a device that failed with a message of ONNX Runtime. */
    static DeviceState.Unusable unusable(Device device, String message) {
        if (device != Device.CUDA) {
            return new DeviceState.Unusable(
                    device, sentence(message), "Use the CPU, and report this message.");
        }
        Matcher library = MISSING_LIBRARY.matcher(message);
        if (library.find()) {
            return new DeviceState.Unusable(
                    device,
                    "The library " + library.group(1) + " is missing.",
                    "Install the CUDA 13 runtime libraries and cuDNN 9, and put their folder on"
                            + " LD_LIBRARY_PATH (docs/gpu.md).");
        }
        Matcher failure = CUDA_FAILURE.matcher(message);
        if (failure.find()) {
            return new DeviceState.Unusable(
                    device,
                    "CUDA says: " + failure.group(2).strip() + " (" + failure.group(1) + ").",
                    "Check with nvidia-smi that an NVIDIA GPU and a driver for CUDA 13 are there,"
                            + " and that CUDA_VISIBLE_DEVICES does not hide it.");
        }
        return new DeviceState.Unusable(
                device,
                sentence(message),
                "Check the GPU with nvidia-smi, and the libraries with docs/gpu.md.");
    }

    private static String sentence(String message) {
        String line = message.strip().replaceAll("\\s+", " ");
        String cut =
                line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "...";
        return cut.endsWith(".") ? cut : cut + ".";
    }
}
