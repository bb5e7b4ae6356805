package dev.ortune.export;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.checkpoint.HuggingFaceFolder;
import dev.ortune.error.InvalidInputException;
import dev.ortune.graph.ClassifierGraphs;
import dev.ortune.graph.ClassifierModel;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.FrozenLinear;
import dev.ortune.graph.FrozenWeights;
import dev.ortune.graph.Precision;
import dev.ortune.graph.family.ModelFamilies;
import dev.ortune.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A base whose weights stand in the shared file, ready for any number of jobs: their graphs are
 * generated from here without touching the weights.
 *
 * @param directory the folder with {@code weights.bin}, {@code config.json}, {@code tokenizer.json}
 *     and {@code base.json}
 * @param description what base.json says: source, hashes, the places of the weights
 * @param config the parsed {@code config.json}
 */
public record PreparedBase(Path directory, BaseDescription description, JsonNode config) {

    /** The shared weights file. */
    public static final String WEIGHTS_FILE = "weights.bin";

    static final String CONFIG_FILE = "config.json";
    static final String TOKENIZER_FILE = "tokenizer.json";

    /**
     * Reads a checkpoint and writes the folder.
     *
     * @param name what the user calls the base
     * @throws dev.ortune.error.InvalidInputException for a checkpoint that is incomplete, damaged or
     *     of another architecture
     */
    public static PreparedBase create(String name, Path source, Path directory) {
        try (HuggingFaceFolder folder = HuggingFaceFolder.open(source)) {
            ClassifierModel model = ModelFamilies.model(folder.config());
            byte[] tokenizer = folder.tokenizerJson();
            FrozenWeights layout = new WeightsLayout(model, folder.tensors()).plan(WEIGHTS_FILE);
            WeightsFile.write(
                    directory.resolve(WEIGHTS_FILE), layout, folder.tensors(), model.family());
            AtomicFiles.write(
                    directory.resolve(CONFIG_FILE),
                    out ->
                            out.write(
                                    folder.config()
                                            .toPrettyString()
                                            .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            AtomicFiles.write(directory.resolve(TOKENIZER_FILE), out -> out.write(tokenizer));
            BaseDescription description =
                    BaseDescription.of(name, folder.sourceFiles(), layout, directory);
            description.write(directory);
            return new PreparedBase(directory, description, folder.config());
        }
    }

    /** Opens a folder that {@link #create} wrote. */
    public static PreparedBase open(Path directory) {
        BaseDescription description = BaseDescription.read(directory);
        return new PreparedBase(
                directory, description, JsonFile.read(directory.resolve(CONFIG_FILE)));
    }

    /** As {@link #open}, unless a file is missing, unreadable or of another size than written. */
    static Optional<PreparedBase> openIfWhole(Path directory) {
        if (!Files.isRegularFile(directory.resolve(BaseDescription.FILE))) {
            return Optional.empty();
        }
        try {
            PreparedBase base = open(directory);
            for (HashedFile file : base.description.files()) {
                if (Files.size(directory.resolve(file.name())) != file.bytes()) {
                    return Optional.empty();
                }
            }
            return Optional.of(base);
        } catch (IOException | InvalidInputException e) {
            return Optional.empty();
        }
    }

    /** The model, without weights. */
    public ClassifierModel model() {
        return ModelFamilies.model(config);
    }

    /** The graphs of one job. */
    public ClassifierGraphs graphs(ClassifierOptions options) {
        return new ClassifierGraphs(model(), options, description.weights());
    }

    /**
     * How inference graphs compute this base's frozen linear layers in a precision. Asked for eight
     * bits the first time, it quantizes them into a file beside the others, which takes seconds.
     *
     * @throws dev.ortune.error.InvalidInputException {@code OUTPUT_NOT_WRITABLE} when that file
     *     cannot be written, {@code BASE_CONFIG} when the weights are no finite numbers
     * @throws dev.ortune.error.UnavailableException {@code DISK_FULL}
     */
    public FrozenLinear frozenLinear(Precision precision) {
        FrozenLinear.Float32 float32 = new FrozenLinear.Float32(description.weights());
        return switch (precision) {
            case FLOAT32 -> float32;
            case INT8 -> new FrozenLinear.Int8(float32, QuantizedBase.of(this));
        };
    }

    /** The shared weights file. */
    public Path weightsFile() {
        return directory.resolve(WEIGHTS_FILE);
    }

    Path descriptionFile() {
        return directory.resolve(BaseDescription.FILE);
    }

    /** The tokenizer. */
    public Path tokenizerFile() {
        return directory.resolve(TOKENIZER_FILE);
    }
}
