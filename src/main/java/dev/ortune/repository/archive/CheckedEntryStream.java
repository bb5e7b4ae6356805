package dev.ortune.repository.archive;

import dev.ortune.error.InvalidInputException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;
import java.util.zip.CRC32;

/** A zip entry that, at its end, must have had the size and the CRC-32 that were announced. */
final class CheckedEntryStream extends FilterInputStream {

    private final byte[] single = new byte[1];
    private final CRC32 crc = new CRC32();
    private final long size;
    private final long expectedCrc;
    private final Supplier<InvalidInputException> fault;
    private long read;

    CheckedEntryStream(
            InputStream in, long size, long expectedCrc, Supplier<InvalidInputException> fault) {
        super(in);
        this.size = size;
        this.expectedCrc = expectedCrc;
        this.fault = fault;
    }

    @Override
    public int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        if (count > 0) {
            crc.update(target, offset, count);
            read += count;
        }
        boolean over = count < 0;
        if (read > size || (over && (read != size || crc.getValue() != expectedCrc))) {
            throw fault.get();
        }
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
