package dev.ortune.access;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** A service without keys that listens on every address of the machine. */
public final class KeylessService implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        try {
            return Map.of(
                    "ortune.home",
                    KeyedService.home("keyless").toString(),
                    "quarkus.http.host",
                    "0.0.0.0",
                    "quarkus.grpc.server.host",
                    "0.0.0.0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** After the resource that all tests share, so that these settings hold. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public void stop() {}
}
