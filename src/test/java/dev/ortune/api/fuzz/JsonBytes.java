package dev.ortune.api.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** JSON as bytes, with faults that no tree of values has. */
final class JsonBytes {

    private static final List<String> ODD_BODIES =
            List.of(
                    "",
                    " ",
                    "{",
                    "}",
                    "[",
                    "]",
                    "{}",
                    "[]",
                    "null",
                    "true",
                    "\"text\"",
                    "42",
                    "NaN",
                    "-",
                    "{\"\"}",
                    "{\"a\":}",
                    "{,}",
                    "[,]",
                    "{}{}",
                    "{} x",
                    "// nothing",
                    "\u0000",
                    "<xml/>",
                    "a=b&c=d");

    private final Draw draw;

    JsonBytes(Draw draw) {
        this.draw = draw;
    }

    /** Well formed. */
    static byte[] of(JsonNode body) {
        return Draw.utf8(body.toString());
    }

    /** Not well formed, or in an unusual way. */
    byte[] odd(JsonNode body) {
        String text = body.toString();
        return switch (draw.below(14)) {
            case 0 -> Arrays.copyOf(Draw.utf8(text), draw.below(Draw.utf8(text).length + 1));
            case 1 -> inserted(Draw.utf8(text), draw.bytes(1 + draw.below(3)));
            case 2 -> inserted(Draw.utf8(text), new byte[] {(byte) 0xc3, 0x28});
            case 3 -> Draw.utf8("\ufeff" + text);
            case 4 -> text.getBytes(draw.chance(0.5) ? StandardCharsets.UTF_16 : UTF_32);
            case 5 -> text.getBytes(StandardCharsets.ISO_8859_1);
            case 6 -> Draw.utf8(withNumber(text, draw.number()));
            case 7 ->
                    Draw.utf8(
                            withNumber(
                                    text,
                                    draw.of(
                                            List.of(
                                                    "NaN",
                                                    "Infinity",
                                                    "-Infinity",
                                                    "01",
                                                    "+1",
                                                    ".5",
                                                    "1.",
                                                    "0x1F",
                                                    "1e",
                                                    "'a'",
                                                    "undefined",
                                                    "TRUE",
                                                    "[".repeat(1200) + "]".repeat(1200),
                                                    "\"\\ud800\"",
                                                    "\"\\u0000\"",
                                                    "\"\\x\""))));
            case 8 -> Draw.utf8(doubled(text));
            case 9 -> Draw.utf8(text + draw.of(List.of("x", "{}", ",", "]", "\0", " \n ")));
            case 10 -> Draw.utf8("[".repeat(1 + draw.below(3000)));
            case 11 -> Draw.utf8("{\"a\":".repeat(1 + draw.below(3000)));
            case 12 -> draw.bytes(draw.below(300));
            default -> Draw.utf8(draw.of(ODD_BODIES));
        };
    }

    private static final java.nio.charset.Charset UTF_32 =
            java.nio.charset.Charset.forName("UTF-32BE");

    private byte[] inserted(byte[] body, byte[] what) {
        int at = draw.below(body.length + 1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(body, 0, at);
        out.writeBytes(what);
        out.write(body, at, body.length - at);
        return out.toByteArray();
    }

    /** A value in place of one that stands after a colon or a comma. */
    private String withNumber(String text, String number) {
        int from = draw.below(text.length());
        int colon = Math.max(text.indexOf(':', from), text.indexOf('['));
        if (colon < 0) {
            return number;
        }
        int end = colon + 1;
        while (end < text.length() && ",}]".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(0, colon + 1) + number + text.substring(end);
    }

    /** The first field twice. */
    private static String doubled(String text) {
        int comma = text.indexOf(',');
        return text.startsWith("{") && comma > 0
                ? text.substring(0, comma) + "," + text.substring(1)
                : text + text;
    }
}
