package dev.ortune.audit;

import dev.ortune.database.Database;
import dev.ortune.database.TestDatabases;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On a real PostgreSQL, a database per test. */
class PostgresAuditTest extends AuditContract {

    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws IOException {
        server = TestDatabases.startPostgres();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Override
    Database database() {
        return TestDatabases.postgres(server);
    }
}
