package dev.ortune.repository.archive;

import java.util.Arrays;
import java.util.Optional;

/** The files of an adapter folder; whatever else an upload holds is not kept. */
public enum AdapterFile {
    CONFIG("adapter_config.json", 1L << 20),
    WEIGHTS("adapter_model.safetensors", Long.MAX_VALUE),
    CLASSIFIER_CONFIG("config.json", 1L << 20),
    TOKENIZER("tokenizer.json", 32L << 20),
    TOKENIZER_CONFIG("tokenizer_config.json", 4L << 20),
    SPECIAL_TOKENS("special_tokens_map.json", 1L << 20),
    ADDED_TOKENS("added_tokens.json", 4L << 20),
    VOCABULARY("vocab.txt", 16L << 20),
    CARD("README.md", 1L << 20),
    PROVENANCE("ortune.json", 4L << 20);

    private final String fileName;
    private final long maxBytes;

    AdapterFile(String fileName, long maxBytes) {
        this.fileName = fileName;
        this.maxBytes = maxBytes;
    }

    /** The name in the folder. */
    public String fileName() {
        return fileName;
    }

    /** The most bytes that it may have: those that are parsed are parsed in memory. */
    public long maxBytes() {
        return maxBytes;
    }

    /** The file of a name, if it is one of an adapter's. */
    public static Optional<AdapterFile> named(String name) {
        return Arrays.stream(values()).filter(file -> file.fileName.equals(name)).findFirst();
    }
}
