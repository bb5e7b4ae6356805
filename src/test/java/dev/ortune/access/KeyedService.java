package dev.ortune.access;

import dev.ortune.access.oidc.TestIssuer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A service with a key of its configuration and an issuer, beside what the other tests have. */
public final class KeyedService implements QuarkusTestResourceLifecycleManager {

    /** All scopes of the tenant {@code default}. */
    public static final String ADMIN_KEY = "only-for-tests-0123456789";

    private TestIssuer issuer;

    @Override
    public Map<String, String> start() {
        try {
            issuer = TestIssuer.start();
            return Map.of(
                    "ortune.home",
                    home("keyed").toString(),
                    "ortune.admin-key",
                    ADMIN_KEY,
                    "ortune.oidc.issuer",
                    issuer.name(),
                    "ortune.oidc.audience",
                    TestIssuer.AUDIENCE);
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
    public void inject(TestInjector injector) {
        injector.injectIntoFields(issuer, new TestInjector.MatchesType(TestIssuer.class));
    }

    @Override
    public void stop() {
        issuer.close();
    }

    /** A folder with a database that no other service has. */
    static Path home(String name) throws IOException {
        Path target = Files.createDirectories(Path.of("target/homes"));
        return Files.createTempDirectory(target, name).toAbsolutePath();
    }
}
