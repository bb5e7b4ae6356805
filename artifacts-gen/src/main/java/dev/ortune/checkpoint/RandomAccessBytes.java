package dev.ortune.checkpoint;

import java.nio.ByteBuffer;

/** Immutable bytes, usually on disk, addressed by long positions. Reading is thread-safe. */
interface RandomAccessBytes {

    /** How many bytes there are. */
    long size();

    /**
     * Copies {@code length} bytes from {@code position} to {@code target[offset...]}.
     *
     * @throws IndexOutOfBoundsException when the range is not inside
     */
    default void read(long position, byte[] target, int offset, int length) {
        read(position, ByteBuffer.wrap(target, offset, length));
    }

    /**
     * Fills what remains of a buffer with the bytes from {@code position} on.
     *
     * @throws IndexOutOfBoundsException when the range is not inside
     */
    void read(long position, ByteBuffer target);
}
