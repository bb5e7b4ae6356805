package dev.ortune.base;

import java.nio.file.Path;
import java.util.Map;

/** The folder where Ortune keeps what it can make again: unpacked bases, generated artifacts. */
public record OrtuneHome(Path directory) {

    /** {@code ORTUNE_HOME}, else {@code XDG_CACHE_HOME/ortune}, else {@code ~/.cache/ortune}. */
    public static OrtuneHome fromEnvironment(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        return new OrtuneHome(
                environment
                        .path("ORTUNE_HOME")
                        .orElseGet(() -> environment.cacheDirectory().resolve("ortune")));
    }

    Path bases() {
        return directory.resolve("bases");
    }
}
