package dev.ortune.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The values of one stored tensor, row-major, decoded on demand. Reading is thread-safe. */
@FunctionalInterface
interface FloatValues {

    /** Values at a time, where they pass through the heap. */
    int CHUNK = 1 << 14;

    /** Decodes {@code count} values from index {@code first} to {@code target[offset...]}. */
    void read(long first, float[] target, int offset, int count);

    /** Fills what remains of a buffer with the first values, as little-endian float32. */
    default void read(ByteBuffer target) {
        int count = target.remaining() / Float.BYTES;
        float[] chunk = new float[Math.min(CHUNK, count)];
        ByteBuffer encoded = target.slice().order(ByteOrder.LITTLE_ENDIAN);
        for (int done = 0; done < count; done += chunk.length) {
            int part = Math.min(chunk.length, count - done);
            read(done, chunk, 0, part);
            encoded.position(done * Float.BYTES);
            encoded.asFloatBuffer().put(chunk, 0, part);
        }
        target.position(target.position() + count * Float.BYTES);
    }
}
