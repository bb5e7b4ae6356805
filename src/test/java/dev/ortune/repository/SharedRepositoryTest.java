package dev.ortune.repository;

import static dev.ortune.repository.TestVersions.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.database.Database;
import dev.ortune.database.DatabaseSettings;
import dev.ortune.database.Notifications;
import dev.ortune.error.ErrorCode;
import dev.ortune.storage.FolderObjects;
import dev.ortune.storage.ObjectStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In a real PostgreSQL and an object store, of many processes. */
@Timeout(60)
class SharedRepositoryTest extends AdapterRepositoryContract {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration NEVER = Duration.ofHours(1);
    private static EmbeddedPostgres server;

    private final String name = "models" + NUMBER.incrementAndGet();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Database database;
    private ObjectStore objects;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        database.close();
    }

    @Override
    AdapterRepository opened() {
        return process("first");
    }

    /** The repository as a process has it whose cache is in a folder of that name. */
    private AdapterRepository process(String cache) {
        if (database == null) {
            execute("postgres", "create database " + name);
            database =
                    Database.open(
                            new DatabaseSettings(
                                    server.getJdbcUrl("postgres", name),
                                    Optional.of("postgres"),
                                    Optional.empty(),
                                    8,
                                    Duration.ofSeconds(5)));
            objects = new FolderObjects(folder.resolve("objects"));
        }
        return AdapterRepository.share(
                new SharedSettings(
                        database.statements(), objects, folder.resolve(cache), Long.MAX_VALUE));
    }

    private AdapterRepository listening(String cache, Duration catchUp) {
        AdapterRepository other = process(cache);
        open.add(
                Notifications.listen(
                        database,
                        SharedChanges.CHANNEL,
                        catchUp,
                        new Listener(other.changes().orElseThrow())));
        return other;
    }

    private record Listener(SharedChanges changes) implements Notifications.Listener {

        @Override
        public void heard(String text) {
            changes.changed(text);
        }

        @Override
        public void catchUp() {
            changes.catchUp();
        }
    }

    @Test
    void anotherProcessHearsOfWhatIsPublishedMovedAndDeleted() {
        AdapterRepository other = listening("second", NEVER);
        List<String> heard = new CopyOnWriteArrayList<>();
        other.listen(
                new RepositoryListener() {
                    @Override
                    public void published(PublishedVersion version) {
                        heard.add("published " + version.number());
                    }

                    @Override
                    public void deleted(PublishedVersion version) {
                        heard.add("deleted " + version.number());
                    }
                });
        PublishedVersion first = publish(repository, "sentiment");
        within(SOON, () -> other.find(TestModels.named("sentiment")).isPresent());
        PublishedVersion there = other.resolve(first.reference());
        there.hold().close();
        assertThat(TestVersions.content(there.folder())).isEqualTo(first.id());
        assertThat(there.folder()).isNotEqualTo(first.folder());

        publish(repository, "sentiment");
        repository.moveAlias(TestModels.named("sentiment"), "prod", "1");
        within(
                SOON,
                () -> other.model(TestModels.named("sentiment")).aliasesOf(1).contains("prod"));
        repository.deleteModel(TestModels.named("sentiment"));
        within(SOON, () -> other.models().isEmpty());
        within(SOON, () -> heard.size() == 4);
        assertThat(heard).containsExactly("published 1", "published 2", "deleted 1", "deleted 2");
        assertThatThrownBy(there::requireThere).hasMessageContaining("has no version 1");
    }

    @Test
    void whatWasNotHeardIsCaughtUpWith() {
        AdapterRepository other = listening("second", NEVER);
        within(SOON, this::isListening);
        execute(
                name,
                "select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen"
                        + " ortune_model'");
        publish(repository, "sentiment");
        within(SOON.multipliedBy(2), () -> other.models().size() == 1);
    }

    @Test
    void twoProcessesChangeOneModelWithoutLosingAnything() throws Exception {
        AdapterRepository other = process("second");
        ExecutorService both = Executors.newFixedThreadPool(8);
        try {
            List<Callable<PublishedVersion>> work =
                    IntStream.range(0, 20)
                            .<Callable<PublishedVersion>>mapToObj(
                                    i ->
                                            () ->
                                                    publish(
                                                            i % 2 == 0 ? repository : other,
                                                            "sentiment"))
                            .toList();
            List<Integer> numbers = new ArrayList<>();
            for (Future<PublishedVersion> done : both.invokeAll(work)) {
                numbers.add(done.get().number());
            }
            assertThat(numbers)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.rangeClosed(1, 20).boxed().toList());
        } finally {
            both.shutdownNow();
        }
        assertThat(process("third").model(TestModels.named("sentiment")).versions()).hasSize(20);
    }

    @Test
    void aChangeIsMadeToWhatIsThereAndNotToWhatThisProcessKnows() {
        AdapterRepository other = process("second");
        publish(repository, "sentiment");
        assertThat(publish(other, "sentiment").number()).isEqualTo(2);
        repository.deleteModel(TestModels.named("sentiment"));
        assertThat(code(() -> other.moveAlias(TestModels.named("sentiment"), "prod", "1")))
                .isEqualTo(ErrorCode.MODEL_NOT_FOUND);
    }

    @Test
    void filesOfWhatIsDeletedOrRefusedDoNotStay() {
        publish(repository, "sentiment");
        publish(repository, "sentiment");
        assertThat(objects.list("models/")).hasSize(2);
        repository.deleteVersion(TestModels.named("sentiment"), "1");
        assertThat(objects.list("models/")).hasSize(1);
        repository.deleteModel(TestModels.named("sentiment"));
        assertThat(objects.list("models/")).isEmpty();
        repository.mount("fixed", folder, TestVersions.record());
        assertThat(code(() -> publish(repository, "fixed"))).isEqualTo(ErrorCode.MODEL_READ_ONLY);
        assertThat(objects.list("models/")).isEmpty();
    }

    @Test
    void aVersionThatWasPushedOutOfTheCacheIsFetchedAgain() {
        PublishedVersion version = publish(repository, "sentiment");
        Folders.deleteQuietly(version.folder());
        version.hold().close();
        assertThat(TestVersions.content(version.folder())).isEqualTo(version.id());
    }

    private static void within(Duration time, BooleanSupplier condition) {
        long end = System.nanoTime() + time.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private boolean isListening() {
        try (Connection connection = server.getDatabase("postgres", name).getConnection();
                Statement statement = connection.createStatement()) {
            return statement
                    .executeQuery(
                            "select 1 from pg_stat_activity where query = 'listen ortune_model'")
                    .next();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(String databaseName, String sql) {
        try (Connection connection = server.getDatabase("postgres", databaseName).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
