package dev.ortune.access;

import dev.ortune.io.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What a key's holder sends, {@code sk-ortune-} and 256 random bits in base64url. Only its hash is
 * kept; a plain one is enough, since nobody can guess that many bits.
 */
public record ApiKeySecret(String text) {

    private static final String PREFIX = "sk-ortune-";
    private static final int RANDOM_BYTES = 32;

    /** A new one. */
    static ApiKeySecret random(SecureRandom random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return new ApiKeySecret(
                PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** SHA-256 of the text in UTF-8, as hexadecimal digits. */
    String sha256() {
        MessageDigest digest = Sha256.newDigest();
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return Sha256.hex(digest);
    }

    /** Whether it looks like the secret of a key, rather than a token of somebody else. */
    boolean hasOurForm() {
        return text.startsWith(PREFIX);
    }

    @Override
    public String toString() {
        return PREFIX + "...";
    }
}
