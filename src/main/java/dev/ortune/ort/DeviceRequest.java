package dev.ortune.ort;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The device that a user asks for. */
public enum DeviceRequest {
    /**
     * CUDA where it works, else the CPU. CoreML is never chosen unasked: it may compute in half
     * precision.
     */
    AUTO(Optional.of(Device.CUDA), false),

    CPU(Optional.empty(), true),

    CUDA(Optional.of(Device.CUDA), true),

    COREML(Optional.of(Device.COREML), true);

    private final Optional<Device> wanted;
    private final boolean explicit;

    DeviceRequest(Optional<Device> wanted, boolean explicit) {
        this.wanted = wanted;
        this.explicit = explicit;
    }

    /**
     * Reads a user's word, in any case.
     *
     * @param setting the option or property that holds it, for the error
     * @throws InvalidInputException {@code INVALID_OPTION} for any other word
     */
    public static DeviceRequest parse(String word, String setting) {
        return Stream.of(values())
                .filter(request -> request.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(
                        () ->
                                new InvalidInputException(
                                        ErrorCode.INVALID_OPTION,
                                        setting
                                                + " must be auto, cpu, cuda or coreml, not \""
                                                + word
                                                + "\".",
                                        "Leave it out to use a GPU where one works, else the CPU;"
                                                + " ortune doctor says which devices work here."));
    }

    /** The user's word. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The device to try before the CPU. */
    Optional<Device> wanted() {
        return wanted;
    }

    /** Whether to warn when the device is not even in the build. */
    boolean explicit() {
        return explicit;
    }
}
