package dev.ortune.tokenizer;

/** Settings of the native tokenizer library that must stand before it is first loaded. */
final class NativeLibrary {

    private static final String FLAVOR = "RUST_FLAVOR";

    private NativeLibrary() {}

    /**
     * Takes the build for processors out of the jar. Without this the library looks for a CUDA build
     * on the network wherever it finds a GPU, which tokenization has no use for.
     */
    static void useProcessorBuild() {
        if (System.getenv(FLAVOR) == null && System.getProperty(FLAVOR) == null) {
            System.setProperty(FLAVOR, "cpu");
        }
    }
}
