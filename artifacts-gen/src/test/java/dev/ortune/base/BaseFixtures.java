package dev.ortune.base;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings and parts that make the tests quick; the bundle is a few hundred bytes. */
final class BaseFixtures {

    static final String CONFIG_RESOURCE = "dev/ortune/base/bge-small-en-v1.5-config.json";

    private BaseFixtures() {}

    static HubSettings settings(URI endpoint, Path cache) {
        return settings(endpoint, cache, Optional.empty(), false);
    }

    static HubSettings settings(URI endpoint, Path cache, Optional<String> token, boolean offline) {
        return new HubSettings(
                endpoint,
                token,
                cache,
                Duration.ofSeconds(2),
                Duration.ofMillis(1500),
                3,
                Duration.ofMillis(5),
                offline);
    }

    static BundledBase tinyBundle(Path home) {
        return new BundledBase(new OrtuneHome(home), tinyWeights(configSha256()), List.of());
    }

    static BundledFile tinyWeights(String sha256) {
        return new BundledFile(CONFIG_RESOURCE, "model.onnx", sha256);
    }

    static String configSha256() {
        try (java.io.InputStream in =
                BaseFixtures.class.getClassLoader().getResourceAsStream(CONFIG_RESOURCE)) {
            return FakeHub.sha256(in.readAllBytes());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
