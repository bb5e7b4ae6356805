package dev.ortune.tokenizer;

import dev.ortune.io.LibraryFolder;

/** Settings of the native tokenizer library that must stand before it is first loaded. */
final class NativeLibrary {

    private static final String FLAVOR = "RUST_FLAVOR";
    private static final String FILE = "RUST_LIBRARY_PATH";

    private NativeLibrary() {}

    /**
     * Takes the library from where native libraries lie as files, or else the build for processors out
     * of the jar. Without this the library looks for a CUDA build on the network wherever it finds a
     * GPU, which tokenization has no use for.
     */
    static void configure() {
        setUnlessGiven(FLAVOR, "cpu");
        LibraryFolder.find()
                .ifPresent(folder -> setUnlessGiven(FILE, folder.file("tokenizers").toString()));
    }

    private static void setUnlessGiven(String name, String value) {
        if (System.getenv(name) == null && System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
