package dev.ortune.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A model folder in the layout of the Hugging Face Hub: {@code config.json}, weights, tokenizer.
 *
 * <p>Weights are looked for as {@code model.safetensors}, {@code model.safetensors.index.json},
 * {@code model.onnx} and {@code onnx/model.onnx}, in this order. Reading is thread-safe.
 */
public final class HuggingFaceFolder implements AutoCloseable {

    private static final String CONFIG = "config.json";
    private static final String TOKENIZER = "tokenizer.json";
    private static final String VOCABULARY = "vocab.txt";
    private static final String TOKENIZER_CONFIG = "tokenizer_config.json";

    private final Path directory;
    private final JsonNode config;
    private final WeightFiles weights;

    private HuggingFaceFolder(Path directory, JsonNode config, WeightFiles weights) {
        this.directory = directory;
        this.config = config;
        this.weights = weights;
    }

    /**
     * Reads the configuration and maps the weights.
     *
     * @throws InvalidInputException {@code BASE_NOT_FOUND} when the folder, its {@code config.json}
     *     or its weights are missing, {@code BASE_CONFIG} when the configuration is no JSON object,
     *     {@code SAFETENSORS_FORMAT} or {@code ONNX_FORMAT} when the weights are malformed
     */
    public static HuggingFaceFolder open(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw notFound(
                    "There is no folder " + directory + ".",
                    "Give the path of a folder with config.json and model.safetensors.");
        }
        Path configFile = directory.resolve(CONFIG);
        if (!Files.isRegularFile(configFile)) {
            throw notFound(
                    directory + " has no " + CONFIG + ".",
                    "Download the model's whole folder, configuration included.");
        }
        JsonNode config =
                JsonFiles.readObject(
                        configFile,
                        (reason, cause) ->
                                new InvalidInputException(
                                        ErrorCode.BASE_CONFIG,
                                        configFile + ": " + reason + ".",
                                        "Download the model's config.json again.",
                                        cause));
        return new HuggingFaceFolder(directory, config, WeightFiles.open(directory));
    }

    /** The content of {@code config.json}, an object; not to be changed. */
    public JsonNode config() {
        return config;
    }

    /** The weights; closed with the folder. */
    public TensorSource tensors() {
        return weights.tensors();
    }

    /** Every file that the model is read from: configuration, weights, tokenizer. */
    public List<Path> sourceFiles() {
        List<Path> files = new ArrayList<>();
        files.add(directory.resolve(CONFIG));
        files.addAll(weights.files());
        Stream<String> tokenizer =
                Files.isRegularFile(directory.resolve(TOKENIZER))
                        ? Stream.of(TOKENIZER)
                        : Stream.of(VOCABULARY, TOKENIZER_CONFIG);
        tokenizer.map(directory::resolve).filter(Files::isRegularFile).forEach(files::add);
        return List.copyOf(files);
    }

    /**
     * The tokenizer as {@code tokenizer.json}: the file as it is, else one made from {@code
     * vocab.txt} as transformers' BertTokenizer makes it.
     *
     * @throws InvalidInputException {@code BASE_NOT_FOUND} when neither is there, {@code
     *     TOKENIZER_FORMAT} when the vocabulary or its options are malformed
     */
    public byte[] tokenizerJson() {
        Path tokenizer = directory.resolve(TOKENIZER);
        if (Files.isRegularFile(tokenizer)) {
            return readAll(tokenizer);
        }
        Path vocabulary = directory.resolve(VOCABULARY);
        if (!Files.isRegularFile(vocabulary)) {
            throw notFound(
                    directory
                            + " has no tokenizer: looked for "
                            + TOKENIZER
                            + " and "
                            + VOCABULARY
                            + ".",
                    "Download the model's tokenizer.json into the folder.");
        }
        return new VocabularyTokenizer(Vocabulary.read(vocabulary), tokenizerConfig())
                .tokenizerJson();
    }

    @Override
    public void close() {
        weights.tensors().close();
    }

    private BertTokenizerConfig tokenizerConfig() {
        Path file = directory.resolve(TOKENIZER_CONFIG);
        if (!Files.isRegularFile(file)) {
            return new BertTokenizerConfig(file, JsonNodeFactory.instance.objectNode());
        }
        return new BertTokenizerConfig(
                file,
                JsonFiles.readObject(
                        file,
                        (reason, cause) ->
                                new InvalidInputException(
                                        ErrorCode.TOKENIZER_FORMAT,
                                        file + ": " + reason + ".",
                                        "Download the file again, or provide a tokenizer.json.",
                                        cause)));
    }

    private static byte[] readAll(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new InvalidInputException(
                    ErrorCode.BASE_NOT_FOUND,
                    "Cannot read " + file + ": " + e + ".",
                    "Check that the file may be read.",
                    e);
        }
    }

    private static InvalidInputException notFound(String message, String remedy) {
        return new InvalidInputException(ErrorCode.BASE_NOT_FOUND, message, remedy);
    }
}
