package dev.ortune.ort;

/** What can compute a graph. */
public enum Device {
    /** The processor; always there. */
    CPU("CPU", "CPUExecutionProvider", true),

    /** The first NVIDIA GPU that {@code CUDA_VISIBLE_DEVICES} shows. */
    CUDA("CUDA", "CUDAExecutionProvider", true),

    /** Apple's GPU and Neural Engine; it infers only. */
    COREML("CoreML", "CoreMLExecutionProvider", false);

    private final String label;
    private final String provider;
    private final boolean trains;

    Device(String label, String provider, boolean trains) {
        this.label = label;
        this.provider = provider;
        this.trains = trains;
    }

    /** Its name for people. */
    public String label() {
        return label;
    }

    /** Whether ONNX Runtime has gradients for it. */
    public boolean trains() {
        return trains;
    }

    /** ONNX Runtime's name of the execution provider. */
    String provider() {
        return provider;
    }
}
