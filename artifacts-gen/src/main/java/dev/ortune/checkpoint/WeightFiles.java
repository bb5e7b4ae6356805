package dev.ortune.checkpoint;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The weights of a Hugging Face folder and the files they lie in.
 *
 * @param tensors the open weights
 * @param files every file they are read from
 */
record WeightFiles(TensorSource tensors, List<Path> files) {

    private static final String SINGLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final List<String> ONNX = List.of("model.onnx", "onnx/model.onnx");
    private static final String PICKLE = "pytorch_model.bin";

    /** Opens the first of the forms that is there. */
    static WeightFiles open(Path directory) {
        Path single = directory.resolve(SINGLE);
        if (Files.isRegularFile(single)) {
            return new WeightFiles(SafetensorsFile.open(single), List.of(single));
        }
        Path index = directory.resolve(INDEX);
        if (Files.isRegularFile(index)) {
            ShardedSafetensors sharded = ShardedSafetensors.open(index);
            return new WeightFiles(sharded, sharded.files());
        }
        for (String name : ONNX) {
            Path model = directory.resolve(name);
            if (Files.isRegularFile(model)) {
                OnnxEncoder encoder = OnnxEncoder.open(model);
                return new WeightFiles(encoder, encoder.files());
            }
        }
        throw notFound(directory);
    }

    private static InvalidInputException notFound(Path directory) {
        boolean pickled = Files.isRegularFile(directory.resolve(PICKLE));
        return new InvalidInputException(
                ErrorCode.BASE_NOT_FOUND,
                directory
                        + " holds no weights: looked for "
                        + SINGLE
                        + ", "
                        + INDEX
                        + ", "
                        + String.join(", ", ONNX)
                        + (pickled ? "; its " + PICKLE + " is not read" : "")
                        + ".",
                "Download "
                        + SINGLE
                        + "; a "
                        + PICKLE
                        + " is converted in Python with"
                        + " AutoModel.from_pretrained(folder).save_pretrained(folder).");
    }
}
