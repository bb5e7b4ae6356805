package dev.ortune.api.fuzz;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A service that nothing expensive can be asked of, beside what the other tests have: jobs are taken in
 * and never trained.
 */
public final class FuzzedService implements QuarkusTestResourceLifecycleManager {

    /** All scopes of the tenant {@code default}. */
    static final String ADMIN_KEY = "only-for-tests-0123456789";

    /** What a request's body may have, uploads too. */
    static final int MAX_BODY_BYTES = 128 << 10;

    @Override
    public Map<String, String> start() {
        try {
            Path target = Files.createDirectories(Path.of("target/fuzz"));
            return settings(Files.createTempDirectory(target, "home").toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The settings, for a service with a home folder of its own. */
    static Map<String, String> settings(Path home) {
        String bytes = MAX_BODY_BYTES / 1024 + "K";
        return Map.of(
                "ortune.home",
                home.toString(),
                "ortune.admin-key",
                ADMIN_KEY,
                "ortune.worker.enabled",
                "false",
                "ortune.webhooks.allow-private-addresses",
                "true",
                "ortune.request.max-bytes",
                bytes,
                "ortune.upload.max-bytes",
                bytes);
    }

    /** After the resource that all tests share, so that these settings hold. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public void stop() {}
}
