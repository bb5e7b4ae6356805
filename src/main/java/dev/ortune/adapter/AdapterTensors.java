package dev.ortune.adapter;

import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.checkpoint.SafetensorsFile;
import dev.ortune.checkpoint.SafetensorsWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code adapter_model.safetensors}: PEFT writes every name with {@value #PREFIX} before it. */
final class AdapterTensors {

    static final String NAME = "adapter_model.safetensors";

    private static final String PREFIX = "base_model.model.";
    private static final String PICKLED = "adapter_model.bin";
    private static final int MAX_TENSOR_VALUES = 1 << 28;

    private AdapterTensors() {}

    /**
     * Every tensor, its name without the prefix, in the order of the names.
     *
     * @throws dev.ortune.error.InvalidInputException {@code ADAPTER_FORMAT} for a name without the
     *     prefix or a value that is no finite number, {@code SAFETENSORS_FORMAT} for a damaged file
     */
    static List<FloatTensor> read(Path folder) {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            boolean pickled = Files.isRegularFile(folder.resolve(PICKLED));
            throw AdapterFault.inFile(
                    folder,
                    pickled ? "its weights are a " + PICKLED : "it has no " + NAME,
                    pickled
                            ? "Save the adapter again with PEFT and safe_serialization=True."
                            : "Copy the adapter's whole folder.");
        }
        List<FloatTensor> tensors = new ArrayList<>();
        try (SafetensorsFile source = SafetensorsFile.open(file)) {
            for (String name : source.names()) {
                tensors.add(read(file, source, name));
            }
        }
        return tensors;
    }

    static void write(OutputStream out, List<FloatTensor> parameters) throws IOException {
        SafetensorsWriter.write(
                out,
                parameters.stream()
                        .map(
                                tensor ->
                                        new FloatTensor(
                                                PREFIX + tensor.name(),
                                                tensor.shape(),
                                                tensor.values()))
                        .toList());
    }

    private static FloatTensor read(Path file, SafetensorsFile source, String name) {
        if (!name.startsWith(PREFIX)) {
            throw AdapterFault.inFile(
                    file,
                    "the tensor \"" + name + "\" does not begin with " + PREFIX,
                    "Save the adapter with PEFT's save_pretrained.");
        }
        if (source.shape(name).elements() > MAX_TENSOR_VALUES) {
            throw AdapterFault.inFile(
                    file,
                    "the tensor \"" + name + "\" " + source.shape(name) + " is too large",
                    "Use an adapter of a supported base.");
        }
        FloatTensor tensor = source.read(name);
        for (float value : tensor.values()) {
            if (!Float.isFinite(value)) {
                throw AdapterFault.inFile(
                        file,
                        "the tensor \"" + name + "\" holds the value " + value,
                        "Train the adapter again with a lower learning rate.");
            }
        }
        return new FloatTensor(name.substring(PREFIX.length()), tensor.shape(), tensor.values());
    }
}
