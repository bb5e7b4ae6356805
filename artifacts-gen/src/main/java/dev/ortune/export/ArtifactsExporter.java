package dev.ortune.export;

import dev.ortune.base.BaseModel;
import dev.ortune.checkpoint.HuggingFaceFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes all that ONNX Runtime's training API needs into one folder: {@code training_model.onnx},
 * {@code eval_model.onnx}, {@code optimizer_model.onnx}, {@code inference_model.onnx}, {@code
 * checkpoint}, and the base's {@code weights.bin}, {@code config.json}, {@code tokenizer.json},
 * {@code base.json}; {@code manifest.json} describes them.
 */
public final class ArtifactsExporter {

    private final BuildInfo build;

    /** An exporter that signs its manifests with the build's versions. */
    public ArtifactsExporter(BuildInfo build) {
        this.build = build;
    }

    /**
     * Exports a base; one export at a time per folder. A folder that holds artifacts of the same checkpoint keeps its weights file
     * and gets new graphs; one with artifacts of another is replaced.
     *
     * @throws dev.ortune.error.InvalidInputException {@code OUTPUT_EXISTS} for a folder with other
     *     files, {@code OUTPUT_NOT_WRITABLE}, {@code INVALID_OPTION} for options that do not suit
     *     the base, and the errors of {@link PreparedBase#create}; the folder is then as before
     * @throws dev.ortune.error.UnavailableException {@code DISK_FULL}
     */
    public ExportedArtifacts export(BaseModel source, ExportOptions options, Path directory) {
        ArtifactsFolder folder = ArtifactsFolder.at(directory);
        Optional<PreparedBase> present =
                folder.preparedBase().filter(base -> isMadeOf(base.description(), source));
        Path staging = folder.stage();
        Manifest manifest;
        try {
            PreparedBase base =
                    present.orElseGet(
                            () -> PreparedBase.create(source.name(), source.directory(), staging));
            manifest = writeJob(source, base, options, staging);
        } catch (RuntimeException | Error e) {
            ArtifactsFolder.discard(staging);
            throw e;
        }
        folder.publish(staging);
        return new ExportedArtifacts(directory, manifest, present.isPresent());
    }

    private Manifest writeJob(
            BaseModel source, PreparedBase base, ExportOptions options, Path staging) {
        options.maxLengthTokens(base.model().config());
        GraphSet graphs = GraphSet.generate(base, options);
        List<HashedFile> files = new ArrayList<>(graphs.write(staging));
        files.add(HashedFile.of(base.descriptionFile()));
        Manifest manifest = Manifest.of(build, source, base.description(), options, graphs, files);
        manifest.write(staging);
        return manifest;
    }

    private static boolean isMadeOf(BaseDescription present, BaseModel source) {
        try (HuggingFaceFolder folder = HuggingFaceFolder.open(source.directory())) {
            return present.sourceFiles()
                    .equals(folder.sourceFiles().stream().map(HashedFile::of).toList());
        }
    }
}
