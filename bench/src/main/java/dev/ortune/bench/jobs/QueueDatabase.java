package dev.ortune.bench.jobs;

import dev.ortune.database.Database;
import dev.ortune.database.DatabaseSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An empty database as the service opens it.
 *
 * @param name for people
 * @param database migrated
 * @param closing what else is to be closed, after it
 */
public record QueueDatabase(String name, Database database, List<AutoCloseable> closing)
        implements AutoCloseable {

    private static final int CONNECTIONS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    public QueueDatabase {
        closing = List.copyOf(closing);
    }

    /** The default: H2 in a file. */
    public static QueueDatabase h2(Path folder) {
        return new QueueDatabase(
                "H2",
                open(DatabaseSettings.embeddedUrl(folder.resolve("h2/ortune")), Optional.empty()),
                List.of());
    }

    /** PostgreSQL, started in a folder. */
    public static QueueDatabase postgres(Path folder) {
        PostgresServer server = PostgresServer.start(folder.resolve("postgres"));
        return new QueueDatabase(
                "PostgreSQL",
                open(server.url(), Optional.of(PostgresServer.user())),
                List.of(server));
    }

    private static Database open(String url, Optional<String> user) {
        return Database.open(
                new DatabaseSettings(url, user, Optional.empty(), CONNECTIONS, PATIENCE));
    }

    @Override
    public void close() throws Exception {
        database.close();
        for (AutoCloseable one : closing) {
            one.close();
        }
    }
}
