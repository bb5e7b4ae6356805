package dev.ortune.checkpoint;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;

/** The tensors of one file by name: what every {@link TensorSource} of a single file does. */
final class TensorCatalog implements TensorSource {

    private static final int CHUNK_ELEMENTS = 1 << 16;

    private final Path file;
    private final AtomicReference<SortedMap<String, StoredTensor>> tensors;

    TensorCatalog(Path file, SortedMap<String, StoredTensor> tensors) {
        this.file = file;
        this.tensors =
                new AtomicReference<>(Collections.unmodifiableSortedMap(new TreeMap<>(tensors)));
    }

    @Override
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(open().keySet()));
    }

    @Override
    public TensorShape shape(String name) {
        return find(name).shape();
    }

    @Override
    public void writeFloat32(String name, OutputStream out) throws IOException {
        StoredTensor tensor = find(name);
        long elements = tensor.shape().elements();
        int capacity = (int) Math.min(elements, CHUNK_ELEMENTS);
        float[] chunk = new float[capacity];
        byte[] encoded = new byte[capacity * Float.BYTES];
        ByteBuffer buffer = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
        for (long first = 0; first < elements; first += capacity) {
            int count = (int) Math.min(capacity, elements - first);
            tensor.values().read(first, chunk, 0, count);
            buffer.asFloatBuffer().put(chunk, 0, count);
            out.write(encoded, 0, count * Float.BYTES);
        }
    }

    @Override
    public FloatTensor read(String name) {
        StoredTensor tensor = find(name);
        // What cannot be read says so here, before its shape, which nothing vouches for, is
        // believed.
        tensor.values().read(0, new float[0], 0, 0);
        float[] values = new float[Math.toIntExact(tensor.shape().elements())];
        for (int first = 0; first < values.length; first += CHUNK_ELEMENTS) {
            int count = Math.min(CHUNK_ELEMENTS, values.length - first);
            tensor.values().read(first, values, first, count);
        }
        return new FloatTensor(name, tensor.shape(), values);
    }

    /** As {@link SafetensorsFile#read(String, ByteBuffer)}. */
    void read(String name, ByteBuffer target) {
        StoredTensor tensor = find(name);
        // As above.
        tensor.values().read(0, new float[0], 0, 0);
        if (target.remaining() != Math.multiplyExact(tensor.shape().elements(), Float.BYTES)) {
            throw new IllegalArgumentException(
                    target.remaining() + " bytes for " + name + " " + tensor.shape());
        }
        tensor.values().read(target);
    }

    /** Drops every reference to the maps, so that they can be collected. */
    @Override
    public void close() {
        tensors.set(null);
    }

    private StoredTensor find(String name) {
        StoredTensor tensor = open().get(name);
        if (tensor == null) {
            throw missing(file, name, open().keySet().size());
        }
        return tensor;
    }

    private SortedMap<String, StoredTensor> open() {
        SortedMap<String, StoredTensor> current = tensors.get();
        if (current == null) {
            throw new IllegalStateException(file + " was closed");
        }
        return current;
    }

    static InvalidInputException missing(Path file, String name, int present) {
        return new InvalidInputException(
                ErrorCode.BASE_MISSING_TENSOR,
                file + " has no tensor " + name + " among its " + present + ".",
                "Check that the weights belong to the model that config.json describes.");
    }
}
