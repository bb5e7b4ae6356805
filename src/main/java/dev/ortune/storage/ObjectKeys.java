package dev.ortune.storage;

import java.util.regex.Pattern;

/** What keys look like. They are ours, never a user's: any other is a mistake. */
final class ObjectKeys {

    private static final Pattern PART = Pattern.compile("[A-Za-z0-9~_-][A-Za-z0-9~._-]{0,200}");

    private ObjectKeys() {}

    static String require(String key) {
        for (String part : key.split("/", -1)) {
            if (!PART.matcher(part).matches()) {
                throw new IllegalArgumentException(key);
            }
        }
        return key;
    }
}
