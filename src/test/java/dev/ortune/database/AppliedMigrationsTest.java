package dev.ortune.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start does without Flyway where the database has had every migration, and only there. */
class AppliedMigrationsTest {

    @TempDir private Path folder;

    @Test
    void onH2() throws SQLException {
        String url = DatabaseSettings.embeddedUrl(folder.resolve("db"));
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        check(source, url);
    }

    @Test
    void onPostgres() throws IOException, SQLException {
        try (EmbeddedPostgres server = TestDatabases.startPostgres()) {
            check(server.getPostgresDatabase(), server.getJdbcUrl("postgres", "postgres"));
        }
    }

    private static void check(DataSource source, String url) throws SQLException {
        assertThat(AppliedMigrations.areAll(source)).isFalse();
        TestDatabases.open(url).close();
        assertThat(AppliedMigrations.areAll(source)).isTrue();

        execute(
                source,
                "update \"flyway_schema_history\" set \"success\" = false where \"version\" = '3'");
        assertThat(AppliedMigrations.areAll(source)).isFalse();
        execute(source, "update \"flyway_schema_history\" set \"success\" = true");
        assertThat(AppliedMigrations.areAll(source)).isTrue();

        execute(
                source,
                "update \"flyway_schema_history\" set \"version\" = '999' where \"version\" = '6'");
        assertThat(AppliedMigrations.areAll(source)).isFalse();
        execute(source, "delete from \"flyway_schema_history\" where \"version\" = '999'");
        assertThat(AppliedMigrations.areAll(source)).isFalse();
    }

    private static void execute(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
