package dev.ortune.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ortune.base.OrtuneHome;
import dev.ortune.database.Database;
import dev.ortune.error.UnavailableException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.VertxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DatabaseOpeningTest {

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
