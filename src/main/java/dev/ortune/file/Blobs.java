package dev.ortune.file;

import dev.ortune.error.InvalidInputException;
import dev.ortune.io.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Files' contents in a folder, by id; each appears whole or not at all. Thread-safe. */
final class Blobs {

    private static final Pattern ID = Pattern.compile("file-[a-z0-9-]{1,50}");
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path folder;

    Blobs(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** What was written. */
    record Written(long bytes, String sha256) {}

    /**
     * Writes a content, or writes it again.
     *
     * @throws InvalidInputException {@code FILE_TOO_LARGE}
     * @throws dev.ortune.error.UnavailableException {@code DISK_FULL}
     * @throws IOException when the content breaks off
     */
    Written write(String id, InputStream content, long maxBytes) throws IOException {
        MessageDigest digest = sha256();
        long[] bytes = new long[1];
        try {
            AtomicFiles.write(
                    path(id),
                    out -> bytes[0] = copy(content, new DigestOutputStream(out, digest), maxBytes));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return new Written(bytes[0], HexFormat.of().formatHex(digest.digest()));
    }

    /** Where a content is, or would be. */
    Path path(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(id);
        }
        return folder.resolve(id);
    }

    void delete(String id) {
        try {
            Files.deleteIfExists(path(id));
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(path(id), e);
        }
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
