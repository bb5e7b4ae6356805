package dev.ortune.bench.tool;

import java.util.Locale;

/** Numbers for people. */
public final class Figures {

    private Figures() {}

    /** Three digits that count, or the whole number. */
    public static String of(double value) {
        double size = Math.abs(value);
        String format = size >= 100 || size == 0 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
