package dev.ortune.api.fuzz;

import dev.ortune.database.TestDatabases;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** {@link FuzzedService} on a PostgreSQL of its own. */
public final class FuzzedServiceOnPostgres implements QuarkusTestResourceLifecycleManager {

    private EmbeddedPostgres server;

    @Override
    public Map<String, String> start() {
        try {
            server = TestDatabases.startPostgres();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> settings = new HashMap<>(new FuzzedService().start());
        settings.put("ortune.database.url", server.getJdbcUrl("postgres", "postgres"));
        return settings;
    }

    @Override
    public int order() {
        return 1;
    }

    @Override
    public void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
