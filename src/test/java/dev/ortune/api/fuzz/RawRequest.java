package dev.ortune.api.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A request byte for byte, as no client library would send it.
 *
 * @param target as it stands in the first line
 * @param headers names and values; those of the length and the connection are added
 */
record RawRequest(String method, String target, List<Header> headers, byte[] body) {

    /** A header; its value may have any characters of Latin-1. */
    record Header(String name, String value) {}

    /** What goes over the wire. */
    byte[] bytes() {
        StringBuilder head = new StringBuilder();
        head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        head.append("Host: 127.0.0.1\r\nConnection: close\r\n");
        headers.forEach(
                header ->
                        head.append(header.name())
                                .append(": ")
                                .append(header.value())
                                .append("\r\n"));
        if (body.length > 0) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        head.append("\r\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(body);
        return out.toByteArray();
    }

    /** For people; {@link #bytes} is exact. */
    @Override
    public String toString() {
        String text = new String(bytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        return text.length() > 3000 ? text.substring(0, 3000) + "…" : text;
    }
}
