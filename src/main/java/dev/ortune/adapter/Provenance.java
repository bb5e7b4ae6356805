package dev.ortune.adapter;

import dev.ortune.export.HashedFile;
import dev.ortune.export.PreparedBase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The content of {@code ortune.json}, which only adapters made here have.
 *
 * @param formatVersion of this file
 * @param base the base's name
 * @param baseWeightsSha256 of the base's prepared weights: serving refuses another base
 * @param labels label names in the order of the logits
 * @param problemType {@code single_label} or {@code multi_label}
 * @param maxTokens the longest text in tokens
 * @param truncationSide {@code left} or {@code right}
 * @param training how it came to be
 */
public record Provenance(
        int formatVersion,
        String base,
        String baseWeightsSha256,
        List<String> labels,
        String problemType,
        Optional<Integer> maxTokens,
        String truncationSide,
        TrainingReport training) {

    static final String NAME = "ortune.json";
    static final int FORMAT_VERSION = 1;

    public Provenance {
        labels = List.copyOf(labels);
    }

    /** The SHA-256 of a base's prepared weights. */
    public static String weightsSha256(PreparedBase base) {
        return base.description().files().stream()
                .filter(file -> file.name().equals(PreparedBase.WEIGHTS_FILE))
                .map(HashedFile::sha256)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a base without weights file"));
    }

    /** What stands beside an adapter, if anything does. */
    static Optional<Provenance> read(Path folder) {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        int version = JsonText.readObject(file).path("formatVersion").asInt(0);
        if (version != FORMAT_VERSION) {
            throw AdapterFault.inFile(
                    file,
                    "its format is " + version + ", known is " + FORMAT_VERSION,
                    "Use the version of Ortune that wrote it, or remove the file.");
        }
        return Optional.of(JsonText.read(file, Provenance.class));
    }
}
