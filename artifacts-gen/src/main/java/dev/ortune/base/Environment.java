package dev.ortune.base;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Environment variables as typed values; an empty variable counts as unset. */
record Environment(Map<String, String> variables) {

    private static final Set<String> TRUE_WORDS = Set.of("1", "ON", "YES", "TRUE");

    Optional<String> text(String name) {
        return Optional.ofNullable(variables.get(name))
                .map(String::strip)
                .filter(s -> !s.isEmpty());
    }

    boolean flag(String name) {
        return text(name)
                .map(s -> s.toUpperCase(Locale.ROOT))
                .filter(TRUE_WORDS::contains)
                .isPresent();
    }

    /** A path, with a leading {@code ~} expanded as Python's tools do. */
    Optional<Path> path(String name) {
        return text(name).map(value -> toPath(name, value));
    }

    /** The user's folder for caches, by the XDG base directory specification. */
    Path cacheDirectory() {
        return path("XDG_CACHE_HOME").orElseGet(() -> userHome().resolve(".cache"));
    }

    private Path toPath(String name, String value) {
        try {
            if (value.equals("~")) {
                return userHome();
            }
            return value.startsWith("~/") ? userHome().resolve(value.substring(2)) : Path.of(value);
        } catch (InvalidPathException e) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "The environment variable " + name + " is not a path: " + e.getReason() + ".",
                    "Set " + name + " to a folder.",
                    e);
        }
    }

    private Path userHome() {
        return Path.of(text("HOME").orElseGet(() -> System.getProperty("user.home")));
    }
}
