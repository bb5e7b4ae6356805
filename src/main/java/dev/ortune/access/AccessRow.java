package dev.ortune.access;

import java.util.List;

/**
 * An address, or many alike, and who may use it.
 *
 * @param parts what stands between the slashes; {@code {...}} for anything
 * @param isPrefix whether more parts may follow
 */
record AccessRow(String method, List<String> parts, boolean isPrefix, AccessRule rule) {

    private static final String MORE = "/**";

    AccessRow {
        parts = List.copyOf(parts);
    }

    static AccessRow of(String method, String path, AccessRule rule) {
        boolean isPrefix = path.endsWith(MORE);
        String fixed = isPrefix ? path.substring(0, path.length() - MORE.length()) : path;
        return new AccessRow(method, List.of(parts(fixed)), isPrefix, rule);
    }

    /** What stands between the slashes; one slash at the end counts for nothing. */
    static String[] parts(String path) {
        String inner = path.startsWith("/") ? path.substring(1) : path;
        String trimmed = inner.endsWith("/") ? inner.substring(0, inner.length() - 1) : inner;
        return trimmed.split("/", -1);
    }

    boolean matches(String[] path) {
        if (isPrefix ? path.length < parts.size() : path.length != parts.size()) {
            return false;
        }
        for (int part = 0; part < parts.size(); part++) {
            String wanted = parts.get(part);
            boolean fits =
                    wanted.startsWith("{") ? !path[part].isEmpty() : wanted.equals(path[part]);
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
