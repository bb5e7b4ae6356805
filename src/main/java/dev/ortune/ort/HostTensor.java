package dev.ortune.ort;

import dev.ortune.checkpoint.TensorShape;

/** A tensor in Java memory on its way into a session; its arrays are read, never kept. */
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

    static void requireFit(TensorShape shape, int count) {
        if (shape.elements() != count) {
            throw new IllegalArgumentException(
                    "shape " + shape + " does not hold " + count + " values");
        }
    }
}
