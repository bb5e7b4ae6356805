package dev.ortune.adapter;

import dev.ortune.checkpoint.FloatTensor;
import java.nio.ByteBuffer;

/** An adapter whose tensors are read one by one, from memory or from its file. */
public interface AdapterWeights {

    /** Everything but the values. */
    AdapterOutline outline();

    /**
     * A tensor in the heap; for small ones.
     *
     * @param name one of the outline's
     * @throws dev.ortune.error.InvalidInputException {@code ADAPTER_FORMAT} for a value that is no
     *     finite number
     */
    FloatTensor read(String name);

    /**
     * Fills a buffer with a tensor's values as little-endian float32, row-major.
     *
     * @param name one of the outline's
     * @param target has room for exactly these
     * @throws dev.ortune.error.InvalidInputException {@code ADAPTER_FORMAT} for a value that is no
     *     finite number
     */
    void read(String name, ByteBuffer target);
}
