package dev.ortune.api.rest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/** A stream that fails once more has been read than is allowed. For one thread. */
final class LimitedStream extends FilterInputStream {

    private final Supplier<? extends IOException> excess;
    private final byte[] single = new byte[1];
    private long leftBytes;

    /**
     * Limits a stream.
     *
     * @param excess makes the fault that who reads beyond the limit is told
     */
    LimitedStream(InputStream in, long limitBytes, Supplier<? extends IOException> excess) {
        super(in);
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
    public long skip(long count) throws IOException {
        byte[] skipped = new byte[(int) Math.min(8192, Math.max(1, count))];
        return Math.max(0, read(skipped, 0, (int) Math.min(skipped.length, Math.max(0, count))));
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
