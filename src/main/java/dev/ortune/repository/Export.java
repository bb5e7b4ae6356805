package dev.ortune.repository;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A version on its way out: everything that can be refused has been checked, and what it reads stays
 * readable when the version is deleted. For one thread; closed by who got it.
 */
public interface Export extends AutoCloseable {

    /** A name for the file that a client keeps. */
    String fileName();

    /** The content's type. */
    String mediaType();

    /** Writes the content, once; leaves the stream open. */
    void writeTo(OutputStream out) throws IOException;

    @Override
    void close();
}
