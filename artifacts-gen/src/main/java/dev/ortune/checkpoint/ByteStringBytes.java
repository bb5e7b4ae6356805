package dev.ortune.checkpoint;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;

/** Bytes of a protobuf message, which may lie in a mapped file. */
final class ByteStringBytes implements RandomAccessBytes {

    private final ByteBuffer bytes;

    ByteStringBytes(ByteString bytes) {
        this.bytes = bytes.asReadOnlyByteBuffer();
    }

    @Override
    public long size() {
        return bytes.limit();
    }

    @Override
    public void read(long position, ByteBuffer target) {
        target.put(bytes.slice(Math.toIntExact(position), target.remaining()));
    }
}
