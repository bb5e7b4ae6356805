package dev.ortune.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.database.Database;
import dev.ortune.database.DatabaseSettings;
import dev.ortune.error.InvalidInputException;
import dev.ortune.storage.FolderObjects;
import dev.ortune.storage.ObjectStore;
import dev.ortune.storage.SharedStorage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the settings of a storage open, and which are refused at start. */
class StorageBeansTest {

    private static final Settings NONE = new Settings(Optional.empty(), Optional.empty(), "ortune");

    private static EmbeddedPostgres server;

    @TempDir private Path folder;
    private final StorageBeans beans = new StorageBeans();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private Database embedded;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void open() {
        embedded = database(DatabaseSettings.embeddedUrl(folder.resolve("db")));
    }

    @AfterEach
    void close() {
        embedded.close();
    }

    @Test
    void nothingIsSharedByDefault() {
        assertThat(beans.storage(NONE, embedded, registry).objects()).isEmpty();
    }

    @Test
    void aFolderIsSharedThatAllHaveMounted() {
        try (Database shared = elsewhere()) {
            ObjectStore objects =
                    beans.storage(NONE.withFolder(folder), shared, registry)
                            .objects()
                            .orElseThrow();

            assertThat(objects.place()).isEqualTo(new FolderObjects(folder).place());
        }
    }

    @Test
    void whatIsSharedIsMeasured() {
        try (Database shared = elsewhere()) {
            ObjectStore objects =
                    beans.storage(NONE.withFolder(folder), shared, registry)
                            .objects()
                            .orElseThrow();
            assertThat(registry.get("ortune.storage.failures").counter().count()).isZero();

            objects.list("models/");
            assertThatThrownBy(() -> objects.put("models/a", folder.resolve("missing")));

            assertThat(registry.get("ortune.storage").tag("operation", "list").timer().count())
                    .isOne();
            assertThat(registry.get("ortune.storage").tag("operation", "put").timer().count())
                    .isOne();
            assertThat(registry.get("ortune.storage.failures").counter().count()).isOne();
        }
    }

    @Test
    void aBucketIsSharedUnderItsPrefix() {
        try (Database shared = elsewhere()) {
            SharedStorage storage =
                    beans.storage(
                            NONE.withBucket("models").withPrefix("team/ortune"), shared, registry);
            assertThat(storage.objects().orElseThrow().place())
                    .contains("models")
                    .contains("team/ortune/");
            beans.close(storage);
        }
    }

    @Test
    void filesAreNotSharedByWhoeverHasADatabaseOfTheirOwn() {
        assertRefused(NONE.withFolder(folder), embedded, "ortune.storage", "ortune.database.url");
    }

    @Test
    void aBucketAndAFolderAreOneTooMany() {
        try (Database shared = elsewhere()) {
            assertRefused(
                    NONE.withFolder(folder).withBucket("models"),
                    shared,
                    "ortune.storage.bucket and ortune.storage.folder",
                    "Set one of them.");
        }
    }

    @Test
    void aPrefixIsMadeOfNames() {
        try (Database shared = elsewhere()) {
            for (String prefix : new String[] {"/", "a//b", "../up", "a b", "-a"}) {
                assertRefused(
                        NONE.withBucket("models").withPrefix(prefix),
                        shared,
                        "ortune.storage.prefix",
                        "team/ortune");
            }
        }
    }

    private void assertRefused(
            Settings settings, Database database, String message, String remedy) {
        assertThatThrownBy(() -> beans.storage(settings, database, registry))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        refused -> {
                            assertThat(refused).hasMessageContaining(message);
                            assertThat(refused.remedy()).contains(remedy);
                        });
    }

    private static Database elsewhere() {
        return database(server.getJdbcUrl("postgres", "postgres"));
    }

    private static Database database(String url) {
        return Database.open(
                new DatabaseSettings(
                        url, Optional.of("postgres"), Optional.empty(), 3, Duration.ofSeconds(5)));
    }

    /** The settings that differ here. */
    private record Settings(Optional<String> bucket, Optional<Path> folder, String prefix)
            implements StorageConfiguration {

        Settings withBucket(String name) {
            return new Settings(Optional.of(name), folder, prefix);
        }

        Settings withFolder(Path path) {
            return new Settings(bucket, Optional.of(path), prefix);
        }

        Settings withPrefix(String text) {
            return new Settings(bucket, folder, text);
        }

        @Override
        public Optional<URI> endpoint() {
            return Optional.empty();
        }

        @Override
        public String region() {
            return "us-east-1";
        }

        @Override
        public boolean pathStyle() {
            return false;
        }

        @Override
        public MemorySize cacheSize() {
            return new MemorySize(BigInteger.TEN);
        }

        @Override
        public Duration catchUp() {
            return Duration.ofSeconds(5);
        }
    }
}
