package dev.ortune.checkpoint;

import java.io.InputStream;
import java.util.Objects;

/** A range of bytes as a stream. */
final class BytesInputStream extends InputStream {

    private final RandomAccessBytes bytes;
    private final long end;
    private long position;

    BytesInputStream(RandomAccessBytes bytes, long position, long length) {
        Objects.checkFromToIndex(position, Math.addExact(position, length), bytes.size());
        this.bytes = bytes;
        this.position = position;
        this.end = position + length;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        int count = (int) Math.min(length, end - position);
        if (count == 0) {
            return -1;
        }
        bytes.read(position, target, offset, count);
        position += count;
        return count;
    }
}
