package dev.ortune.api.inference;

/** What a client sent, as far as an answer repeats it. */
public final class Shown {

    private static final int MAX_SHOWN = 100;

    private Shown() {}

    /** At most a hundred characters. */
    public static String shortened(String text) {
        return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
    }

    /** Shortened and in quotation marks. */
    public static String quoted(String text) {
        return "\"" + shortened(text) + "\"";
    }
}
