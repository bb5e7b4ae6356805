package dev.ortune.bench.serve.load;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Requests as the bytes that go over the wire. */
public final class HttpRequest {

    private HttpRequest() {}

    /** A request without a body. */
    public static byte[] of(String method, String path) {
        return head(method, path, "").getBytes(StandardCharsets.US_ASCII);
    }

    /** A request without a body, with header fields of its own. */
    public static byte[] of(String method, String path, Map<String, String> fields) {
        return head(method, path, lines(fields)).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * A POST.
     *
     * @param contentType of the body
     */
    public static byte[] post(String path, String contentType, byte[] body) {
        return post(path, contentType, Map.of(), body);
    }

    /**
     * A POST with header fields of its own.
     *
     * @param contentType of the body
     * @param more by their names
     */
    public static byte[] post(
            String path, String contentType, Map<String, String> more, byte[] body) {
        String fields =
                "Content-Type: "
                        + contentType
                        + "\r\nContent-Length: "
                        + body.length
                        + "\r\n"
                        + lines(more);
        byte[] head = head("POST", path, fields).getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    private static String lines(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + ": " + field.getValue() + "\r\n")
                .collect(Collectors.joining());
    }

    private static String head(String method, String path, String fields) {
        return method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + fields + "\r\n";
    }
}
