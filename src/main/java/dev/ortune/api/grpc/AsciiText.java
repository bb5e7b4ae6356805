package dev.ortune.api.grpc;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Texts in metadata, which take printable ASCII only. Any other byte, and the percent sign, is
 * percent-encoded, as gRPC does with the status's message (gRPC over HTTP/2, <i>Responses</i>).
 */
final class AsciiText {

    private AsciiText() {}

    static String encoded(String text) {
        StringBuilder ascii = new StringBuilder();
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            if (value >= ' ' && value <= '~' && value != '%') {
                ascii.append((char) value);
            } else {
                ascii.append(String.format(Locale.ROOT, "%%%02X", value));
            }
        }
        return ascii.toString();
    }
}
