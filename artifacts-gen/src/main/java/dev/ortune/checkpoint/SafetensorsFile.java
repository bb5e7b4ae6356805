package dev.ortune.checkpoint;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * One safetensors file (huggingface/safetensors, README "Format"), usually memory-mapped.
 *
 * <p>F32, F16, BF16 and F64 tensors are read as float32; tensors of other types are listed with
 * their shapes and refused when read.
 */
public final class SafetensorsFile implements TensorSource {

    private final TensorCatalog tensors;
    private final Map<String, String> metadata;
    private final Optional<FileBytes> unmapped;

    private SafetensorsFile(
            TensorCatalog tensors, Map<String, String> metadata, Optional<FileBytes> unmapped) {
        this.tensors = tensors;
        this.metadata = metadata;
        this.unmapped = unmapped;
    }

    /**
     * Maps the file and checks its header.
     *
     * @throws InvalidInputException {@code BASE_NOT_FOUND} when it cannot be opened, {@code
     *     SAFETENSORS_FORMAT} when its header is not exactly as the format demands
     */
    public static SafetensorsFile open(Path file) {
        return of(file, opened(file, MappedFile::open), Optional.empty());
    }

    /**
     * Opens the file for one reading from end to end, without a map; checks its header.
     *
     * @return must be closed, else the file stays open
     * @throws InvalidInputException as {@link #open}
     */
    public static SafetensorsFile openUnmapped(Path file) {
        FileBytes bytes = opened(file, FileBytes::open);
        try {
            return of(file, bytes, Optional.of(bytes));
        } catch (RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    private static SafetensorsFile of(
            Path file, RandomAccessBytes bytes, Optional<FileBytes> unmapped) {
        SafetensorsHeader header = new SafetensorsHeaderReader(file, bytes).read();
        SortedMap<String, StoredTensor> tensors = new TreeMap<>();
        header.tensors()
                .forEach(
                        (name, entry) ->
                                tensors.put(
                                        name,
                                        stored(file, bytes, header.dataStart(), name, entry)));
        return new SafetensorsFile(new TensorCatalog(file, tensors), header.metadata(), unmapped);
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

    /**
     * Fills a buffer with a tensor's values as little-endian float32, row-major.
     *
     * @param target has room for exactly these
     * @throws InvalidInputException {@code BASE_MISSING_TENSOR} when there is none; {@code
     *     SAFETENSORS_FORMAT} when the tensor's type is no float
     */
    public void read(String name, ByteBuffer target) {
        tensors.read(name, target);
    }

    @Override
    public void close() {
        tensors.close();
        unmapped.ifPresent(FileBytes::close);
    }

    private static <T> T opened(Path file, Opening<T> opening) {
        try {
            return opening.open(file);
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
            RandomAccessBytes bytes,
            long dataStart,
            String name,
            SafetensorsHeader.Entry entry) {
        FloatValues values =
                entry.type()
                        .encoding()
                        .<FloatValues>map(
                                encoding ->
                                        new EncodedFloats(
                                                bytes, dataStart + entry.begin(), encoding))
                        .orElse(
                                (first, target, offset, count) -> {
                                    throw SafetensorsFault.inTensor(
                                            file,
                                            name,
                                            "dtype " + entry.type() + " cannot be read as float");
                                });
        return new StoredTensor(entry.shape(), values);
    }

    @FunctionalInterface
    private interface Opening<T> {
        T open(Path file) throws IOException;
    }
}
