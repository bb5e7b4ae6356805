package dev.ortune.checkpoint;

import java.nio.ByteBuffer;

/** How one number lies in little-endian bytes, and its value as float32. */
enum FloatEncoding {
    /** IEEE 754 binary32. */
    F32(Float.BYTES) {
        @Override
        float decode(ByteBuffer bytes, int offset) {
            return bytes.getFloat(offset);
        }
    },
    /** IEEE 754 binary16. */
    F16(Short.BYTES) {
        @Override
        float decode(ByteBuffer bytes, int offset) {
            return halfToFloat(bytes.getShort(offset));
        }
    },
    /** The upper half of a binary32. */
    BF16(Short.BYTES) {
        @Override
        float decode(ByteBuffer bytes, int offset) {
            return Float.intBitsToFloat(bytes.getShort(offset) << 16);
        }
    },
    /** IEEE 754 binary64, rounded to the nearest float32. */
    F64(Double.BYTES) {
        @Override
        float decode(ByteBuffer bytes, int offset) {
            return (float) bytes.getDouble(offset);
        }
    };

    private static final int HALF_EXPONENT_MASK = 0x1f;
    private static final int HALF_FRACTION_MASK = 0x3ff;
    private static final int FRACTION_SHIFT = 13;

    /** The bias of binary32 less that of binary16. */
    private static final int BIAS_DIFFERENCE = 127 - 15;

    private static final float HALF_SUBNORMAL_UNIT = 0x1p-24f;

    private final int width;

    FloatEncoding(int width) {
        this.width = width;
    }

    /** Bytes per number. */
    int width() {
        return width;
    }

    /** The number at a byte offset of a little-endian buffer. */
    abstract float decode(ByteBuffer bytes, int offset);

    private static float halfToFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = (half >>> 10) & HALF_EXPONENT_MASK;
        int fraction = half & HALF_FRACTION_MASK;
        if (exponent == HALF_EXPONENT_MASK) {
            return Float.intBitsToFloat(sign | 0x7f800000 | (fraction << FRACTION_SHIFT));
        }
        if (exponent == 0) {
            float magnitude = fraction * HALF_SUBNORMAL_UNIT;
            return Float.intBitsToFloat(sign | Float.floatToRawIntBits(magnitude));
        }
        int widened = (exponent + BIAS_DIFFERENCE) << 23;
        return Float.intBitsToFloat(sign | widened | (fraction << FRACTION_SHIFT));
    }
}
