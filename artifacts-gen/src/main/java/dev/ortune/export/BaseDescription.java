package dev.ortune.export;

import dev.ortune.graph.FrozenWeights;
import java.nio.file.Path;
import java.util.List;

/**
 * The {@code base.json} of a prepared base: where it came from and where its weights stand.
 *
 * @param formatVersion of this file
 * @param name what the user calls the base
 * @param sourceFiles the checkpoint's files, hashed
 * @param files the prepared files, hashed
 * @param weights every tensor's place in the weights file
 */
public record BaseDescription(
        int formatVersion,
        String name,
        List<HashedFile> sourceFiles,
        List<HashedFile> files,
        FrozenWeights weights) {

    static final String FILE = "base.json";
    private static final int FORMAT_VERSION = 1;

    public BaseDescription {
        sourceFiles = List.copyOf(sourceFiles);
        files = List.copyOf(files);
    }

    static BaseDescription of(
            String name, List<Path> sources, FrozenWeights weights, Path directory) {
        return new BaseDescription(
                FORMAT_VERSION,
                name,
                sources.stream().map(HashedFile::of).toList(),
                List.of(
                        HashedFile.of(directory.resolve(PreparedBase.WEIGHTS_FILE)),
                        HashedFile.of(directory.resolve(PreparedBase.CONFIG_FILE)),
                        HashedFile.of(directory.resolve(PreparedBase.TOKENIZER_FILE))),
                weights);
    }

    static BaseDescription read(Path directory) {
        return JsonFile.read(directory.resolve(FILE), BaseDescription.class);
    }

    void write(Path directory) {
        JsonFile.write(directory.resolve(FILE), this);
    }
}
