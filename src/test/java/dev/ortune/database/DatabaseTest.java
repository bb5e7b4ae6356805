package dev.ortune.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.UnavailableException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database that goes away is used again as soon as it is back. */
@Timeout(60)
class DatabaseTest {

    private static final int CONNECTIONS = 3;

    @TempDir private Path folder;

    @Test
    void h2OpensAgainAfterItClosedItselfOverAFullDisk() {
        try (Database database = open(DatabaseSettings.embeddedUrl(folder.resolve("db")), null)) {
            insert(database, "a");
            assertThat(database.answers()).isTrue();
            useAllConnections(database);
            // As it does when it cannot write: no connection of before is of use any more.
            assertThatThrownBy(
                            () ->
                                    database.statements()
                                            .useHandle(
                                                    handle ->
                                                            handle.execute("shutdown immediately")))
                    .isInstanceOf(JdbiException.class);
            assertAnswersAgain(database);
            assertThat(tenants(database)).isEqualTo(1);
        }
    }

    @Test
    void connectionsThatPostgresHasEndedAreReplaced() throws IOException, SQLException {
        try (EmbeddedPostgres server = EmbeddedPostgres.start();
                Database database = open(server.getJdbcUrl("postgres", "postgres"), "postgres")) {
            insert(database, "a");
            useAllConnections(database);
            try (Connection other = server.getPostgresDatabase().getConnection();
                    Statement statement = other.createStatement()) {
                statement.execute(
                        "select pg_terminate_backend(pid) from pg_stat_activity where pid <>"
                                + " pg_backend_pid() and backend_type = 'client backend'");
            }
            assertAnswersAgain(database);
            assertThat(tenants(database)).isEqualTo(1);
        }
    }

    @Test
    void aServerThatIsNotThereIsToldFromAFaultOfOurs() {
        try (Database database = open(DatabaseSettings.embeddedUrl(folder.resolve("db")), null)) {
            assertThat(Database.unavailable(fault(database, "select * from nothing"))).isEmpty();
            RuntimeException closing = fault(database, "shutdown immediately");
            assertThat(Database.unavailable(new IllegalStateException(closing)))
                    .map(UnavailableException::code)
                    .contains(ErrorCode.DATABASE_UNAVAILABLE);
        }
    }

    private static RuntimeException fault(Database database, String sql) {
        try {
            database.statements().useHandle(handle -> handle.execute(sql));
            throw new AssertionError(sql);
        } catch (JdbiException e) {
            return e;
        }
    }

    /** Each connection that is of no use may fail one statement at most. */
    private static void assertAnswersAgain(Database database) {
        int failures = 0;
        while (!database.answers()) {
            failures++;
            assertThat(failures).isLessThanOrEqualTo(CONNECTIONS);
        }
        for (int i = 0; i < 2 * CONNECTIONS; i++) {
            useAllConnections(database);
        }
    }

    private static void useAllConnections(Database database) {
        try (Handle first = database.statements().open();
                Handle second = database.statements().open();
                Handle third = database.statements().open()) {
            List.of(first, second, third).forEach(handle -> handle.execute("select 1"));
        }
    }

    private static void insert(Database database, String tenant) {
        database.statements()
                .useHandle(
                        handle ->
                                handle.execute(
                                        "insert into tenant_quota (tenant) values (?)", tenant));
    }

    private static long tenants(Database database) {
        return database.statements()
                .withHandle(
                        handle ->
                                handle.createQuery("select count(*) from tenant_quota")
                                        .mapTo(Long.class)
                                        .one());
    }

    private static Database open(String url, String user) {
        return Database.open(
                new DatabaseSettings(
                        url,
                        Optional.ofNullable(user),
                        Optional.empty(),
                        CONNECTIONS,
                        Duration.ofSeconds(5)));
    }
}
