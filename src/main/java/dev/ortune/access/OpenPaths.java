package dev.ortune.access;

import java.util.List;

/** Addresses over HTTP that need no credential, with all that is beneath them. */
public final class OpenPaths {

    private final List<String> paths;

    /**
     * Takes addresses such as {@code /q/health}.
     *
     * @param paths one slash at the end counts for nothing; without anything else nothing is open
     */
    public OpenPaths(List<String> paths) {
        this.paths =
                paths.stream()
                        .map(
                                path ->
                                        path.endsWith("/")
                                                ? path.substring(0, path.length() - 1)
                                                : path)
                        .filter(path -> path.startsWith("/"))
                        .toList();
    }

    /** Whether an address is open. */
    public boolean cover(String path) {
        return path.indexOf(';') < 0
                && paths.stream()
                        .anyMatch(open -> path.equals(open) || path.startsWith(open + "/"));
    }
}
