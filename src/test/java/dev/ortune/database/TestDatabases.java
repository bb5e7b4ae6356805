package dev.ortune.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Migrated databases without rows, each for one test. */
public final class TestDatabases {

    private TestDatabases() {}

    /** An embedded one, as it is by default, in a folder. */
    public static Database h2(Path folder) {
        return open(DatabaseSettings.embeddedUrl(folder.resolve("h2-" + UUID.randomUUID())));
    }

    /** One in a running PostgreSQL. */
    public static Database postgres(EmbeddedPostgres server) {
        String name = "test" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return open(server.getJdbcUrl("postgres", name));
    }

    /** A PostgreSQL of its own, the caller's to close. */
    public static EmbeddedPostgres startPostgres() throws IOException {
        return EmbeddedPostgres.start();
    }

    static Database open(String url) {
        return Database.open(
                new DatabaseSettings(
                        url, Optional.empty(), Optional.empty(), 4, Duration.ofSeconds(5)));
    }
}
