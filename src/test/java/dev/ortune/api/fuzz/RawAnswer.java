package dev.ortune.api.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An answer.
 *
 * @param status 0 where none came
 * @param headers with names in lower case
 * @param body out of its chunks
 */
record RawAnswer(int status, Map<String, String> headers, byte[] body) {

    static final RawAnswer NONE = new RawAnswer(0, Map.of(), new byte[0]);
    private static final String END_OF_HEAD = "\r\n\r\n";

    /** Whether the head is there, so that the rest is body. */
    static boolean hasHead(byte[] bytes) {
        return latin(bytes).contains(END_OF_HEAD);
    }

    /** Whether it goes on for as long as a job does. */
    static boolean isStream(byte[] bytes) {
        return latin(bytes).toLowerCase(Locale.ROOT).contains("content-type: text/event-stream");
    }

    static RawAnswer parse(byte[] bytes) throws IOException {
        String all = latin(bytes);
        int end = all.indexOf(END_OF_HEAD);
        if (end < 0) {
            return NONE;
        }
        String[] lines = all.substring(0, end).split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        int status = Integer.parseInt(lines[0].split(" ")[1]);
        String rest = all.substring(end + END_OF_HEAD.length());
        if (status == 100) {
            return parse(rest.getBytes(StandardCharsets.ISO_8859_1));
        }
        byte[] body = rest.getBytes(StandardCharsets.ISO_8859_1);
        boolean isChunked = "chunked".equals(headers.get("transfer-encoding"));
        return new RawAnswer(status, headers, isChunked && !isStream(bytes) ? joined(body) : body);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The type without its parameters; empty without one. */
    String mediaType() {
        return header("content-type").map(type -> type.split(";")[0].strip()).orElse("");
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[] chunks) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String text = latin(chunks);
        int at = 0;
        while (true) {
            int line = text.indexOf("\r\n", at);
            if (line < 0) {
                throw new IOException("a chunk breaks off");
            }
            int length = Integer.parseInt(text.substring(at, line).split(";")[0].strip(), 16);
            if (length == 0) {
                return out.toByteArray();
            }
            if (line + 2 + length > chunks.length) {
                throw new IOException("a chunk breaks off");
            }
            out.write(chunks, line + 2, length);
            at = line + 2 + length + 2;
        }
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
