package dev.ortune.bench.serve;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Memory sizes as Quarkus reads them: digits, and K, M, G or none for powers of 1024 bytes. */
final class MemorySize {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})([KMG]?)");
    private static final Map<String, Integer> SHIFTS = Map.of("", 0, "K", 10, "M", 20, "G", 30);

    private MemorySize() {}

    /**
     * Bytes.
     *
     * @throws InvalidInputException {@code INVALID_OPTION}
     */
    static long parse(String size) {
        Matcher matcher = FORM.matcher(size);
        if (!matcher.matches()) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "\"" + size + "\" is no memory size.",
                    "Write it as 512M or 1G.");
        }
        return Long.parseLong(matcher.group(1)) << SHIFTS.get(matcher.group(2));
    }
}
