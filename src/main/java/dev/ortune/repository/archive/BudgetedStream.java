package dev.ortune.repository.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream whose bytes are taken from a budget, those that are skipped too. For one thread. */
final class BudgetedStream extends FilterInputStream {

    private final byte[] single = new byte[1];
    private ByteBudget budget;

    BudgetedStream(InputStream in, ByteBudget budget) {
        super(in);
        this.budget = budget;
    }

    /** Takes from another budget from now on. */
    void use(ByteBudget other) {
        budget = other;
    }

    @Override
    public int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = in.read(target, offset, length);
        if (read > 0) {
            budget.take(read);
        }
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] buffer = new byte[(int) Math.min(8192, Math.max(1, count))];
        long skipped = 0;
        while (skipped < count) {
            int read = read(buffer, 0, (int) Math.min(buffer.length, count - skipped));
            if (read < 0) {
                return skipped;
            }
            skipped += read;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
