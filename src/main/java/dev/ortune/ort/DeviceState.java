package dev.ortune.ort;

/** What became of trying a device. */
public sealed interface DeviceState {

    /** The device. */
    Device device();

    /** It computed a product and the product was right. */
    record Usable(Device device) implements DeviceState {}

    /**
     * This build can use it, this machine cannot.
     *
     * @param reason what stands in the way, a sentence
     * @param remedy what to install or do, a sentence
     */
    record Unusable(Device device, String reason, String remedy) implements DeviceState {}

    /**
     * This build of ONNX Runtime lacks its execution provider.
     *
     * @param remedy which build has it, a sentence
     */
    record NotInBuild(Device device, String remedy) implements DeviceState {}
}
