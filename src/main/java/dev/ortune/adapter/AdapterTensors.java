package dev.ortune.adapter;

import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.checkpoint.SafetensorsFile;
import dev.ortune.checkpoint.SafetensorsWriter;
import dev.ortune.checkpoint.TensorShape;
import dev.ortune.error.InvalidInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code adapter_model.safetensors}: PEFT writes every name with {@value #PREFIX} before it, which is
 * left out here.
 */
final class AdapterTensors implements AutoCloseable {

    static final String NAME = "adapter_model.safetensors";

    private static final String PREFIX = "base_model.model.";
    private static final String PICKLED = "adapter_model.bin";
    private static final int MAX_TENSOR_VALUES = 1 << 28;
    private static final int PIECE_VALUES = 1 << 13;

    /** All bits of the exponent: infinite, or no number (IEEE 754). */
    private static final int EXPONENT = 0x7f800000;

    private final Path file;
    private final SafetensorsFile source;
    private final SortedMap<String, TensorShape> shapes;

    private AdapterTensors(
            Path file, SafetensorsFile source, SortedMap<String, TensorShape> shapes) {
        this.file = file;
        this.source = source;
        this.shapes = Collections.unmodifiableSortedMap(shapes);
    }

    /**
     * Opens a folder's tensors.
     *
     * @throws InvalidInputException {@code ADAPTER_FORMAT} for no such file, a name without the
     *     prefix or a tensor beyond all measure, {@code SAFETENSORS_FORMAT} for a damaged file
     */
    static AdapterTensors open(Path folder) {
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
        SafetensorsFile source = SafetensorsFile.openUnmapped(file);
        try {
            SortedMap<String, TensorShape> shapes = new TreeMap<>();
            for (String name : source.names()) {
                shapes.put(withoutPrefix(file, name), checkedShape(file, name, source.shape(name)));
            }
            return new AdapterTensors(file, source, shapes);
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    SortedMap<String, TensorShape> shapes() {
        return shapes;
    }

    /** Every tensor, in the order of the names. */
    List<FloatTensor> readAll() {
        return shapes.keySet().stream().map(this::read).toList();
    }

    /** As {@link AdapterWeights#read(String)}. */
    FloatTensor read(String name) {
        FloatTensor tensor = source.read(PREFIX + name);
        for (float value : tensor.values()) {
            if (!Float.isFinite(value)) {
                throw notFinite(name, value);
            }
        }
        return new FloatTensor(name, tensor.shape(), tensor.values());
    }

    /** As {@link AdapterWeights#read(String, ByteBuffer)}. */
    void read(String name, ByteBuffer target) {
        ByteBuffer filled = target.slice();
        source.read(PREFIX + name, target);
        requireFinite(name, filled);
    }

    @Override
    public void close() {
        source.close();
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

    private static String withoutPrefix(Path file, String name) {
        if (!name.startsWith(PREFIX)) {
            throw AdapterFault.inFile(
                    file,
                    "the tensor \"" + name + "\" does not begin with " + PREFIX,
                    "Save the adapter with PEFT's save_pretrained.");
        }
        return name.substring(PREFIX.length());
    }

    private static TensorShape checkedShape(Path file, String name, TensorShape shape) {
        if (shape.elements() > MAX_TENSOR_VALUES) {
            throw AdapterFault.inFile(
                    file,
                    "the tensor \"" + name + "\" " + shape + " is too large",
                    "Use an adapter of a supported base.");
        }
        return shape;
    }

    /** As bits and in pieces through the heap, which either of Java's compilers makes fast. */
    private void requireFinite(String name, ByteBuffer encoded) {
        IntBuffer values = encoded.order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        int[] piece = new int[Math.min(PIECE_VALUES, values.remaining())];
        while (values.hasRemaining()) {
            int count = Math.min(piece.length, values.remaining());
            values.get(piece, 0, count);
            for (int index = 0; index < count; index++) {
                if ((piece[index] & EXPONENT) == EXPONENT) {
                    throw notFinite(name, Float.intBitsToFloat(piece[index]));
                }
            }
        }
    }

    private InvalidInputException notFinite(String name, float value) {
        return AdapterFault.inFile(
                file,
                "the tensor \"" + PREFIX + name + "\" holds the value " + value,
                "Train the adapter again with a lower learning rate.");
    }
}
