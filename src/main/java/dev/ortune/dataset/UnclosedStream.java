package dev.ortune.dataset;

import java.io.FilterInputStream;
import java.io.InputStream;

/** A view of a stream that somebody else closes. */
final class UnclosedStream extends FilterInputStream {

    UnclosedStream(InputStream in) {
        super(in);
    }

    @Override
    public void close() {}
}
