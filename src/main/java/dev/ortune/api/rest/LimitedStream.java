package dev.ortune.api.rest;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/** A stream that fails once more has been read or skipped than is allowed. For one thread. */
final class LimitedStream extends InputStream {

    private final InputStream in;
    private final Supplier<? extends IOException> excess;
    private final byte[] single = new byte[1];
    private long leftBytes;

    /**
     * Limits a stream.
     *
     * @param excess makes the fault that who reads beyond the limit is told
     */
    LimitedStream(InputStream in, long limitBytes, Supplier<? extends IOException> excess) {
        this.in = in;
        this.leftBytes = limitBytes;
        this.excess = excess;
    }

    @Override
    public int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = in.read(target, offset, length);
        leftBytes -= Math.max(read, 0);
        if (leftBytes < 0) {
            throw excess.get();
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
