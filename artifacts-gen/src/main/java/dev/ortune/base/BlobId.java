package dev.ortune.base;

import dev.ortune.io.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The hub's entity tag of a file, which is a checksum of its content: the SHA-256 of a large file,
 * the SHA-1 of the git blob of a small one.
 *
 * @param hexadecimal 64 or 40 lower-case digits; also the file's name in the cache
 */
record BlobId(String hexadecimal) {

    private static final int SHA256_DIGITS = 64;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    /** Reads an {@code ETag} or {@code X-Linked-Etag} header, quoted and perhaps weak. */
    static Optional<BlobId> parse(String header) {
        String text = header.strip();
        String strong = text.startsWith("W/") ? text.substring(2) : text;
        String digits = strong.replace("\"", "").toLowerCase(Locale.ROOT);
        return FORM.matcher(digits).matches() ? Optional.of(new BlobId(digits)) : Optional.empty();
    }

    /** The checksum that this file has, by the same rule as this one was made. */
    BlobId of(Path file) throws IOException {
        return new BlobId(
                hexadecimal.length() == SHA256_DIGITS ? Sha256.of(file) : gitBlobSha1(file));
    }

    private static String gitBlobSha1(Path file) throws IOException {
        MessageDigest digest = newSha1();
        digest.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest newSha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
