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

    /** Bytes at a time: whole tensors would be large objects, which collectors handle badly. */
    private static final int BUFFER_BYTES = 1 << 16;

    @Override
    public void read(long first, float[] target, int offset, int count) {
        int width = encoding.width();
        byte[] encoded = new byte[Math.min(BUFFER_BYTES, Math.multiplyExact(count, width))];
        ByteBuffer buffer = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
        int perBuffer = Math.max(1, encoded.length / width);
        for (int done = 0; done < count; done += perBuffer) {
            int part = Math.min(perBuffer, count - done);
            bytes.read(position + (first + done) * width, encoded, 0, part * width);
            decode(buffer, target, offset + done, part);
        }
    }

    @Override
    public void read(ByteBuffer target) {
        if (encoding == FloatEncoding.F32) {
            bytes.read(position, target);
        } else {
            FloatValues.super.read(target);
        }
    }

    private void decode(ByteBuffer buffer, float[] target, int offset, int count) {
        if (encoding == FloatEncoding.F32) {
            // As the loop below, many times as fast.
            buffer.asFloatBuffer().get(target, offset, count);
            return;
        }
        for (int index = 0; index < count; index++) {
            target[offset + index] = encoding.decode(buffer, index * encoding.width());
        }
    }
}
