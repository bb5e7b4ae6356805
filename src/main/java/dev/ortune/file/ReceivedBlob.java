package dev.ortune.file;

import dev.ortune.io.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A content from a client into a file, whole or not at all. */
final class ReceivedBlob {

    private static final int BUFFER_BYTES = 1 << 16;

    private ReceivedBlob() {}

    /** As {@link Blobs#write}, into a file. */
    static Blobs.Written write(Path file, InputStream content, long maxBytes) throws IOException {
        MessageDigest digest = sha256();
        long[] bytes = new long[1];
        try {
            AtomicFiles.write(
                    file,
                    out -> bytes[0] = copy(content, new DigestOutputStream(out, digest), maxBytes));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return new Blobs.Written(bytes[0], HexFormat.of().formatHex(digest.digest()));
    }

    private static long copy(InputStream content, OutputStream out, long maxBytes)
            throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long bytes = 0;
        for (int read = read(content, buffer); read >= 0; read = read(content, buffer)) {
            bytes += read;
            FileStore.requireWithin(bytes, maxBytes);
            out.write(buffer, 0, read);
        }
        return bytes;
    }

    /** What fails here is the sender's, not the disk's. */
    private static int read(InputStream content, byte[] buffer) {
        try {
            return content.read(buffer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
