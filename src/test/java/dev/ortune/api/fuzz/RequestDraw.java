package dev.ortune.api.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.api.fuzz.ApiDocument.Operation;
import dev.ortune.api.fuzz.ApiDocument.Parameter;
import dev.ortune.api.fuzz.RawRequest.Header;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Requests for an operation: each of its parts is as the document has it, most of the time. */
final class RequestDraw {

    /** How likely each part of a request goes wrong, unless nothing does. */
    private static final double FAULTS = 0.15;

    private static final double ALL_RIGHT = 0.25;

    private static final String UNRESERVED =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final String JSON = "application/json";
    private static final List<String> TYPES =
            List.of(
                    JSON,
                    "application/json; charset=utf-16",
                    "application/json;charset=x-none",
                    "APPLICATION/JSON",
                    "text/json",
                    "text/plain",
                    "application/xml",
                    "application/octet-stream",
                    "application/zip",
                    "application/gzip",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data",
                    "multipart/form-data; boundary=x",
                    "*/*",
                    "nothing",
                    "a/b/c",
                    "/",
                    ";",
                    "");
    private static final List<String> ACCEPTED =
            List.of(
                    "*/*",
                    JSON,
                    "application/problem+json",
                    "text/event-stream",
                    "text/csv",
                    "text/html,application/xhtml+xml,*/*;q=0.8",
                    "image/png",
                    "application/*",
                    "application/json;q=0",
                    "*/*;q=2",
                    "nothing",
                    "a/b/c",
                    ";",
                    "");
    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "BREW");
    private static final List<String> OTHER_HEADERS =
            List.of(
                    "Idempotency-Key",
                    "Last-Event-ID",
                    "ortune-timeout-ms",
                    "Inference-Header-Content-Length",
                    "Content-Encoding",
                    "Range",
                    "If-None-Match",
                    "If-Modified-Since",
                    "Authorization",
                    "Cookie",
                    "Origin",
                    "Referer",
                    "traceparent",
                    "X-Forwarded-For",
                    "X-HTTP-Method-Override",
                    "Accept-Encoding",
                    "Accept-Language",
                    "Content-Language",
                    "Content-Disposition",
                    "Expect");
    private static final List<String> HEADER_VALUES =
            List.of("gzip", "deflate", "bytes=0-1", "bytes=5-1", "*", "100-continue", "Bearer x");

    private final ApiDocument document;
    private final KnownNames names;
    private final Draw draw;
    private final JsonDraw json;
    private final JsonBytes bytes;
    private final FormDraw forms;
    private final List<byte[]> archives;

    /** Of the request that is being made. */
    private double faults;

    /**
     * Requests.
     *
     * @param files parts of forms that would be taken
     * @param archives bodies that would be taken
     */
    RequestDraw(
            ApiDocument document,
            KnownNames names,
            Draw draw,
            List<RowsDraw.File> files,
            List<byte[]> archives) {
        this.document = document;
        this.names = names;
        this.draw = draw;
        this.json = new JsonDraw(document, names, draw);
        this.bytes = new JsonBytes(draw);
        this.forms = new FormDraw(document, draw, files);
        this.archives = archives.stream().map(byte[]::clone).toList();
    }

    /** A type and a body; no type where none is to be sent. */
    private record Content(String type, byte[] body) {}

    /** A request. */
    RawRequest next(Operation operation) {
        faults = draw.chance(ALL_RIGHT) ? 0 : FAULTS;
        String target = target(operation);
        List<Header> headers = new ArrayList<>();
        if (!draw.chance(faults / 5)) {
            headers.add(new Header("Authorization", "Bearer " + FuzzedService.ADMIN_KEY));
        }
        operation.parameters().stream()
                .filter(parameter -> parameter.place().equals("header"))
                .filter(parameter -> draw.chance(2 * faults))
                .forEach(parameter -> headers.add(header(parameter.name())));
        if (fault()) {
            headers.add(header(draw.of(OTHER_HEADERS)));
        }
        if (fault()) {
            headers.add(new Header("Accept", fault() ? oddValue() : draw.of(ACCEPTED)));
        }
        Content content = content(operation);
        if (!content.type().isEmpty()) {
            headers.add(new Header("Content-Type", content.type()));
        }
        String method = draw.chance(faults / 4) ? draw.of(METHODS) : operation.method();
        return new RawRequest(method, target, headers, content.body());
    }

    private String target(Operation operation) {
        String path = operation.filled(upTo -> encoded(name(upTo)));
        if (draw.chance(faults / 5)) {
            path = oddPath(path);
        }
        List<String> query = new ArrayList<>();
        for (Parameter parameter : operation.parameters()) {
            if (parameter.place().equals("query") && draw.chance(0.4)) {
                query.add(parameter.name() + "=" + encoded(queryValue(operation, parameter)));
            }
        }
        if (fault()) {
            query.add(oddQuery(query));
        }
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    /** A name for the placeholder at the end of a path. */
    private String name(String upTo) {
        return fault() ? draw.oddText() : names.of(upTo, draw).orElseGet(draw::word);
    }

    private String queryValue(Operation operation, Parameter parameter) {
        if (fault()) {
            return draw.oddText();
        }
        JsonNode schema = document.resolved(parameter.schema());
        if (schema.has("enum")) {
            return schema.get("enum").get(draw.below(schema.get("enum").size())).asText();
        }
        return switch (draw.below(4)) {
            case 0 -> Integer.toString(draw.below(30));
            case 1 -> names.any(draw).orElseGet(draw::word);
            case 2 -> draw.of(List.of("true", "false", "asc", "desc", "fine-tune"));
            default -> names.of(operation.path(), draw).orElseGet(draw::word);
        };
    }

    private String oddQuery(List<String> query) {
        return switch (draw.below(7)) {
            case 0 -> encoded(draw.oddText());
            case 1 -> encoded(draw.oddText()) + "=" + encoded(draw.oddText());
            case 2 -> "metadata" + encoded("[" + draw.oddText() + "]") + "=" + encoded("a");
            case 3 -> "metadata[a]=b";
            case 4 ->
                    draw.of(List.of("%", "%zz", "%c3%28", "&&", "=", "==", "a=%", "limit=%u0031"));
            case 5 -> query.isEmpty() ? "limit" : query.get(0);
            default -> draw.of(List.of("limit=", "after=", "limit=1&limit=2", "order", "purpose"));
        };
    }

    private String oddPath(String path) {
        return switch (draw.below(8)) {
            case 0 -> path + "/";
            case 1 -> "/" + path;
            case 2 -> path + "/" + encoded(draw.oddText());
            case 3 -> path.replaceFirst("/([^/]*)$", "/../$1");
            case 4 -> path.replaceFirst("/([^/]*)$", "/./$1");
            case 5 -> path + ";a=b";
            case 6 -> path + draw.of(List.of("%", "%2", "%zz", "%2f", "%5c", "%00", "%ff"));
            default -> path.toUpperCase(java.util.Locale.ROOT);
        };
    }

    private Header header(String name) {
        return new Header(
                name,
                draw.chance(0.3)
                        ? draw.of(HEADER_VALUES)
                        : draw.chance(0.4) ? Integer.toString(1 + draw.below(5000)) : oddValue());
    }

    private String oddValue() {
        return draw.oddText().replaceAll("[\\x00-\\x08\\x0a-\\x1f\\x7f]", "?");
    }

    private Content content(Operation operation) {
        if (operation.bodies().isEmpty()) {
            return fault()
                    ? new Content(draw.of(TYPES), bytes.odd(json.value(0)))
                    : new Content("", new byte[0]);
        }
        String type = draw.of(List.copyOf(operation.bodies().keySet()));
        Content content = content(operation.path(), type, operation.bodies().get(type));
        if (draw.chance(faults / 2)) {
            content = new Content(draw.of(TYPES), content.body());
        }
        return draw.chance(faults / 4) ? new Content(content.type(), new byte[0]) : content;
    }

    private Content content(String path, String type, JsonNode media) {
        if (type.startsWith("multipart/")) {
            FormDraw.Form form =
                    draw.chance(4 * faults)
                            ? forms.odd(media.path("schema"))
                            : forms.good(media.path("schema"));
            return new Content(form.contentType(), form.body());
        }
        if (!type.endsWith("json")) {
            return new Content(type, archive());
        }
        JsonNode body = json.body(path, media);
        if (draw.chance(3 * faults)) {
            body = json.mutated(body);
        }
        return new Content(type, fault() ? bytes.odd(body) : JsonBytes.of(body));
    }

    private byte[] archive() {
        byte[] archive = draw.of(archives).clone();
        if (!draw.chance(4 * faults)) {
            return archive;
        }
        if (draw.chance(0.2)) {
            return draw.bytes(draw.below(600));
        }
        for (int i = draw.below(10); i >= 0; i--) {
            archive[draw.below(archive.length)] = draw.bytes(1)[0];
        }
        return draw.chance(0.3) ? Arrays.copyOf(archive, draw.below(archive.length)) : archive;
    }

    private boolean fault() {
        return draw.chance(faults);
    }

    /** As a client writes a text into an address: all but plain letters as bytes of UTF-8. */
    private String encoded(String text) {
        boolean isAll = draw.chance(0.05);
        StringBuilder out = new StringBuilder();
        for (byte one : Draw.utf8(text)) {
            boolean isPlain = !isAll && UNRESERVED.indexOf(one) >= 0;
            out.append(isPlain ? Character.toString((char) one) : "%%%02X".formatted(one));
        }
        return out.toString();
    }
}
