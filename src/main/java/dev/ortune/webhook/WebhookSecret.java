package dev.ortune.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that an endpoint and Ortune share, and its signatures: HMAC with SHA-256, version {@code v1}
 * of the Standard Webhooks specification. Thread-safe.
 */
public final class WebhookSecret {

    private static final String PREFIX = "whsec_";
    private static final String VERSION = "v1,";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 32;

    private final byte[] key;

    private WebhookSecret(byte[] key) {
        this.key = key;
    }

    /** A new one, 32 bytes. */
    static WebhookSecret random(SecureRandom random) {
        byte[] key = new byte[BYTES];
        random.nextBytes(key);
        return new WebhookSecret(key);
    }

    /**
     * One from its text.
     *
     * @throws IllegalArgumentException if it is none
     */
    static WebhookSecret parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("no webhook secret");
        }
        return new WebhookSecret(Base64.getDecoder().decode(text.substring(PREFIX.length())));
    }

    /** {@code whsec_} and the key in Base64: for the endpoint's owner and the database. */
    public String reveal() {
        return PREFIX + Base64.getEncoder().encodeToString(key);
    }

    /**
     * The signature of a delivery, as it stands in the header {@code webhook-signature}.
     *
     * @param timestampSeconds of the attempt, since the epoch
     * @param body exactly as it is sent
     */
    String sign(String id, long timestampSeconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update((id + "." + timestampSeconds + ".").getBytes(StandardCharsets.UTF_8));
            return VERSION + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }

    /** Nothing of the key, so that no log shows it. */
    @Override
    public String toString() {
        return PREFIX + "...";
    }
}
