package dev.ortune.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.util.SortedSet;

/**
 * The tensors of one checkpoint, by name, as float32 whatever their type on disk.
 *
 * <p>Names are those of the PyTorch modules, e.g. {@code
 * distilbert.transformer.layer.0.attention.q_lin.weight}; linear weights are {@code [out, in]}.
 * Reading is thread-safe.
 */
public interface TensorSource extends AutoCloseable {

    /** Every tensor's name. */
    SortedSet<String> names();

    /**
     * The shape of a tensor.
     *
     * @throws dev.ortune.error.InvalidInputException {@code BASE_MISSING_TENSOR} when there is none
     */
    TensorShape shape(String name);

    /**
     * Streams a tensor's values as little-endian float32, row-major, without holding it in memory.
     *
     * @throws dev.ortune.error.InvalidInputException {@code BASE_MISSING_TENSOR} when there is none
     */
    void writeFloat32(String name, OutputStream out) throws IOException;

    /** A tensor's values in memory; for small ones. */
    FloatTensor read(String name);

    /** Unmaps the files. */
    @Override
    void close();
}
