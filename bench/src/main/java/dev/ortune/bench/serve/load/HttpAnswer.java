package dev.ortune.bench.serve.load;

import java.nio.charset.StandardCharsets;

/**
 * A server's answer.
 *
 * @param status HTTP's
 * @param body not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record HttpAnswer(int status, byte[] body) {

    /** HTTP's word for a success. */
    public static final int OK = 200;

    /** HTTP's word for a service that cannot answer now. */
    public static final int UNAVAILABLE = 503;

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
