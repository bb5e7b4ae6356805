package dev.ortune.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Numbers that lie one after the other in bytes.
 *
 * @param bytes where they lie
 * @param position of the first byte of the first number
 * @param encoding of each
 */
record EncodedFloats(RandomAccessBytes bytes, long position, FloatEncoding encoding)
        implements FloatValues {

    @Override
    public void read(long first, float[] target, int offset, int count) {
        int width = encoding.width();
        byte[] encoded = new byte[Math.multiplyExact(count, width)];
        bytes.read(position + first * width, encoded, 0, encoded.length);
        ByteBuffer buffer = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
        for (int index = 0; index < count; index++) {
            target[offset + index] = encoding.decode(buffer, index * width);
        }
    }
}
