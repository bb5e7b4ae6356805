package dev.ortune.api.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Everything random, from one seed. */
final class Draw {

    private static final List<String> ODD_TEXTS =
            List.of(
                    "",
                    " ",
                    ".",
                    "..",
                    "../..",
                    "..\\..\\x",
                    "a/b",
                    "/",
                    "//",
                    "%",
                    "%2e%2e",
                    "%00",
                    "\0",
                    "a\0b",
                    "\n",
                    "a\r\nb: c",
                    "\t",
                    "\u007f",
                    "\u0080",
                    "\ufeff",
                    "\u202egnp.exe",
                    "e\u0301",
                    "\u00e4\u00f6\u00fc",
                    "\u4f60\u597d",
                    "\ud83d\ude00",
                    "\ud800",
                    "null",
                    "undefined",
                    "true",
                    "NaN",
                    "Infinity",
                    "-1",
                    "0",
                    "1",
                    "2",
                    "007",
                    "1.5",
                    "1e9",
                    "2147483647",
                    "2147483648",
                    "-2147483649",
                    "9223372036854775807",
                    "9223372036854775808",
                    "99999999999999999999999999",
                    "0x10",
                    "' or 1=1 --",
                    "\"",
                    "'",
                    "`",
                    ";",
                    "*",
                    "?",
                    "#",
                    "@",
                    "reviews@",
                    "@1",
                    "reviews@1@1",
                    "${env:PATH}",
                    "{0}",
                    "{{",
                    "%s%n",
                    "<script>",
                    "metadata[a]",
                    "file-",
                    "file-aaaaaaaaaaaaaaaaaaaaaaaaaa",
                    "ftjob-aaaaaaaaaaaaaaaaaaaaaaaaaa",
                    "ftevent-aaaaaaaaaaaaaaaaaaaaaaaaaa-1",
                    "we_aaaaaaaaaaaaaaaaaaaaaaaaaa",
                    "con",
                    "latest",
                    ".git",
                    "models.json");

    private final Random random;

    Draw(long seed) {
        this.random = new Random(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    <T> T of(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A short plain word. */
    String word() {
        StringBuilder word = new StringBuilder();
        for (int i = below(8); i >= 0; i--) {
            word.append((char) ('a' + below(26)));
        }
        return word.toString();
    }

    /** A text that somebody forgot to think of. */
    String oddText() {
        if (chance(0.6)) {
            return of(ODD_TEXTS);
        }
        if (chance(0.2)) {
            return word().repeat(1 + below(chance(0.3) ? 2000 : 60));
        }
        StringBuilder text = new StringBuilder();
        for (int i = below(12); i >= 0; i--) {
            text.appendCodePoint(codePoint());
        }
        return text.toString();
    }

    /** A number as JSON has it, or nearly. */
    String number() {
        return switch (below(8)) {
            case 0 -> Integer.toString(below(12) - 3);
            case 1 -> Long.toString(random.nextLong());
            case 2 -> Double.toString(random.nextGaussian());
            case 3 -> "1" + "0".repeat(1 + below(chance(0.1) ? 3000 : 40));
            case 4 -> "-0";
            case 5 -> of(List.of("1e400", "-1e400", "1e-400", "1E+2", "1e999999999", "0.1e1"));
            case 6 -> of(List.of("2147483648", "-2147483649", "9223372036854775808", "4294967296"));
            default -> "0." + "1".repeat(1 + below(400));
        };
    }

    private int codePoint() {
        return switch (below(6)) {
            case 0 -> below(0x20);
            case 1 -> 0x20 + below(0x60);
            case 2 -> 0x80 + below(0x780);
            case 3 -> below(0x10000);
            case 4 -> 0x10000 + below(0x100000);
            default -> 'a' + below(26);
        };
    }

    /** UTF-8, with a question mark for half a character. */
    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
