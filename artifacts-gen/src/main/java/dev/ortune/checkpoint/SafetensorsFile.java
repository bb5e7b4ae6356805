package dev.ortune.checkpoint;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * One memory-mapped safetensors file (huggingface/safetensors, README "Format").
 *
 * <p>F32, F16, BF16 and F64 tensors are read as float32; tensors of other types are listed with
 * their shapes and refused when read.
 */
public final class SafetensorsFile implements TensorSource {

    private final TensorCatalog tensors;
    private final Map<String, String> metadata;

    private SafetensorsFile(TensorCatalog tensors, Map<String, String> metadata) {
        this.tensors = tensors;
        this.metadata = metadata;
    }

    /**
     * Maps the file and checks its header.
     *
     * @throws InvalidInputException {@code BASE_NOT_FOUND} when it cannot be opened, {@code
     *     SAFETENSORS_FORMAT} when its header is not exactly as the format demands
     */
    public static SafetensorsFile open(Path file) {
        MappedFile mapped = map(file);
        SafetensorsHeader header = new SafetensorsHeaderReader(file, mapped).read();
        SortedMap<String, StoredTensor> tensors = new TreeMap<>();
        header.tensors()
                .forEach(
                        (name, entry) ->
                                tensors.put(
                                        name,
                                        stored(file, mapped, header.dataStart(), name, entry)));
        return new SafetensorsFile(new TensorCatalog(file, tensors), header.metadata());
    }

    /** The header's {@code __metadata__}, e.g. {@code format=pt}. */
    public Map<String, String> metadata() {
        return metadata;
    }

    @Override
    public SortedSet<String> names() {
        return tensors.names();
    }

    @Override
    public TensorShape shape(String name) {
        return tensors.shape(name);
    }

    /**
     * {@inheritDoc}
     *
     * @throws InvalidInputException {@code SAFETENSORS_FORMAT} when the tensor's type is no float
     */
    @Override
    public void writeFloat32(String name, OutputStream out) throws IOException {
        tensors.writeFloat32(name, out);
    }

    /**
     * {@inheritDoc}
     *
     * @throws InvalidInputException {@code SAFETENSORS_FORMAT} when the tensor's type is no float
     */
    @Override
    public FloatTensor read(String name) {
        return tensors.read(name);
    }

    @Override
    public void close() {
        tensors.close();
    }

    private static MappedFile map(Path file) {
        try {
            return MappedFile.open(file);
        } catch (IOException e) {
            throw new InvalidInputException(
                    ErrorCode.BASE_NOT_FOUND,
                    "Cannot open " + file + ": " + e + ".",
                    "Check that the file exists and may be read.",
                    e);
        }
    }

    private static StoredTensor stored(
            Path file,
            MappedFile mapped,
            long dataStart,
            String name,
            SafetensorsHeader.Entry entry) {
        FloatValues values =
                entry.type()
                        .encoding()
                        .<FloatValues>map(
                                encoding ->
                                        new EncodedFloats(
                                                mapped, dataStart + entry.begin(), encoding))
                        .orElse(
                                (first, target, offset, count) -> {
                                    throw SafetensorsFault.inTensor(
                                            file,
                                            name,
                                            "dtype " + entry.type() + " cannot be read as float");
                                });
        return new StoredTensor(entry.shape(), values);
    }
}
