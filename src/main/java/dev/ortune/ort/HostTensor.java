package dev.ortune.ort;

import dev.ortune.checkpoint.TensorShape;
import java.nio.ByteBuffer;

/** A tensor on its way into a session; its memory is read, never kept. */
public sealed interface HostTensor {

    /** Its shape. */
    TensorShape shape();

    /** int64 values, row-major. */
    record Longs(TensorShape shape, long[] values) implements HostTensor {
        public Longs {
            requireFit(shape, values.length);
        }
    }

    /** float32 values, row-major. */
    record Floats(TensorShape shape, float[] values) implements HostTensor {
        public Floats {
            requireFit(shape, values.length);
        }

        /** A scalar. */
        public static Floats scalar(float value) {
            return new Floats(TensorShape.of(), new float[] {value});
        }
    }

    /**
     * Boolean values, row-major, each a byte of 0 or 1.
     *
     * @param values a direct buffer that holds them from index 0 on; not copied, so not to be changed
     *     before the run ends
     */
    record Booleans(TensorShape shape, ByteBuffer values) implements HostTensor {
        public Booleans {
            if (!values.isDirect() || values.capacity() < shape.elements()) {
                throw new IllegalArgumentException(
                        "no direct buffer of " + shape.elements() + " bytes");
            }
        }
    }

    /**
     * float32 values in native memory, row-major; not copied.
     *
     * @param block must stay open and unchanged until the run ends
     * @param offset its first value in the block
     */
    record OffHeap(TensorShape shape, FloatBlock block, long offset) implements HostTensor {
        public OffHeap {
            if (offset < 0 || offset + shape.elements() > block.size()) {
                throw new IllegalArgumentException(
                        "shape " + shape + " does not fit at " + offset + " of " + block.size());
            }
        }
    }

    static void requireFit(TensorShape shape, int count) {
        if (shape.elements() != count) {
            throw new IllegalArgumentException(
                    "shape " + shape + " does not hold " + count + " values");
        }
    }
}
