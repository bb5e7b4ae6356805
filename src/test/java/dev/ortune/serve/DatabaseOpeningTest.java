package dev.ortune.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ortune.base.OrtuneHome;
import dev.ortune.database.Database;
import dev.ortune.error.UnavailableException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DatabaseOpeningTest {

    private static final String PATIENCE = "ortune.database.start-patience";

    @TempDir private Path folder;

    @Test
    void itIsOpenedBesideTheStartBeforeAnybodyNeedsIt() throws InterruptedException {
        DatabaseOpening opening = opening(Map.of());
        assertThat(folder.resolve("state")).doesNotExist();
        opening.accept(new VertxOptions());
        while (!Files.exists(folder.resolve("state/ortune.mv.db"))) {
            Thread.sleep(10);
        }
        try (Database database = opening.await()) {
            assertThat(database.answers()).isTrue();
            assertThat(opening.await()).isSameAs(database);
        }
    }

    @Test
    void whoNeedsItFirstOpensItWhereNobodyHasBegun() {
        try (Database database = opening(Map.of()).await()) {
            assertThat(database.answers()).isTrue();
        }
    }

    @Test
    void everybodyIsToldTheSameFault() {
        DatabaseOpening opening =
                opening(
                        Map.of(
                                "ortune.database.url",
                                "jdbc:postgresql://127.0.0.1:1/none",
                                "ortune.database.patience",
                                "PT1S"));
        opening.accept(new VertxOptions());
        Throwable first = catchThrowable(opening::await);
        assertThat(first).isInstanceOf(UnavailableException.class);
        assertThat(catchThrowable(opening::await)).isSameAs(first);
    }

    @Test
    void whereItMayAStartWaitsForTheProcessThatHasTheDatabaseOpen()
            throws IOException, InterruptedException {
        FileLock held = lockOfAnotherProcess();
        DatabaseOpening opening = opening(Map.of(PATIENCE, "PT40S"));
        Thread start = new Thread(() -> opening.accept(new VertxOptions()));
        start.start();
        start.join(1_200);
        assertThat(start.isAlive()).isTrue();
        held.channel().close();
        try (Database database = opening.await()) {
            assertThat(database.answers()).isTrue();
        }
    }

    @Test
    void patienceEnds() throws IOException {
        FileLock held = lockOfAnotherProcess();
        DatabaseOpening opening = opening(Map.of(PATIENCE, "PT1S"));
        opening.accept(new VertxOptions());
        assertThat(catchThrowable(opening::await)).isInstanceOf(UnavailableException.class);
        held.channel().close();
    }

    @Test
    void whatNobodyElseWillChangeIsToldAtOnce() throws IOException {
        Files.createDirectories(folder.resolve("state"));
        Files.writeString(folder.resolve("state/ortune.mv.db"), "no database ".repeat(1_000));
        DatabaseOpening opening = opening(Map.of(PATIENCE, "PT1H"));
        opening.accept(new VertxOptions());
        assertThat(catchThrowable(opening::await)).isInstanceOf(UnavailableException.class);
    }

    /** H2 has such a lock on its file while it is open. */
    private FileLock lockOfAnotherProcess() throws IOException {
        opening(Map.of()).await().close();
        return FileChannel.open(folder.resolve("state/ortune.mv.db"), StandardOpenOption.WRITE)
                .lock();
    }

    private DatabaseOpening opening(Map<String, String> settings) {
        DatabaseConfiguration configuration =
                new SmallRyeConfigBuilder()
                        .withMapping(DatabaseConfiguration.class)
                        .withSources(new PropertiesConfigSource(settings, "test", 500))
                        .build()
                        .getConfigMapping(DatabaseConfiguration.class);
        return new DatabaseOpening(configuration, new OrtuneHome(folder));
    }
}
