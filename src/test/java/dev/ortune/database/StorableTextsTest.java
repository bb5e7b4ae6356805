package dev.ortune.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever characters a client sends, no database refuses the statement. */
class StorableTextsTest {

    private static final String WITH_ZERO = "a\0b";

    @TempDir private Path folder;

    @Test
    void theEmbeddedDatabaseTakesEveryText() {
        try (Database database = TestDatabases.h2(folder)) {
            takesEveryText(database.statements());
        }
    }

    @Test
    void postgresTakesEveryText() throws IOException {
        try (EmbeddedPostgres server = TestDatabases.startPostgres();
                Database database = TestDatabases.postgres(server)) {
            takesEveryText(database.statements());
        }
    }

    private static void takesEveryText(Jdbi statements) {
        statements.useHandle(
                handle -> {
                    handle.execute("create table note (content varchar)");
                    handle.createUpdate("insert into note (content) values (:content)")
                            .bind("content", Optional.of(WITH_ZERO))
                            .execute();
                    handle.createUpdate("insert into note (content) values (:content)")
                            .bind("content", "half a character: \ud800")
                            .execute();
                    assertThat(
                                    handle.createQuery("select content from note")
                                            .mapTo(String.class)
                                            .list())
                            .hasSize(2)
                            .contains("a\ufffdb");
                    assertThat(
                                    handle.createQuery(
                                                    "select count(*) from note where content ="
                                                            + " :content")
                                            .bind("content", "b\0")
                                            .mapTo(Integer.class)
                                            .one())
                            .isZero();
                });
    }
}
