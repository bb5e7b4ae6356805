package dev.ortune.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.InvalidInputException;
import dev.ortune.storage.FolderObjects;
import dev.ortune.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Room for two versions, of three that there are. */
class VersionCacheTest {

    private static final Duration A_WHILE = Duration.ofMinutes(10);
    private static final VersionRecord RECORD = TestVersions.record();

    @TempDir private Path folder;
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private ObjectStore objects;
    private VersionCache cache;

    @BeforeEach
    void create() {
        objects = new FolderObjects(folder.resolve("objects"));
        cache = opened();
    }

    private VersionCache opened() {
        return new VersionCache(
                objects,
                folder.resolve("cache"),
                2 * RECORD.bytes() + 100,
                version -> true,
                () -> now);
    }

    @Test
    void whatIsReadIsFetchedOnce() throws IOException {
        PublishedVersion version = stored("one");
        read(version);
        assertThat(TestVersions.content(version.folder())).isEqualTo("one");
        objects.delete(VersionCache.key(version.id()));
        read(version);
        assertThat(version.folder()).isDirectory();
    }

    @Test
    void theOneThatNobodyAskedForLongestMakesRoom() throws IOException {
        PublishedVersion one = fetched("one");
        PublishedVersion two = fetched("two");
        now = now.plus(A_WHILE);
        read(one);
        now = now.plus(A_WHILE);
        PublishedVersion three = fetched("three");
        assertThat(two.folder()).doesNotExist();
        assertThat(one.folder()).isDirectory();
        assertThat(three.folder()).isDirectory();
        assertThat(cache.use()).isEqualTo(new CachedVersions(2, 2 * RECORD.bytes()));
    }

    @Test
    void whatIsBeingReadStaysHoweverShortTheRoom() throws IOException {
        PublishedVersion one = stored("one");
        PublishedVersion two = stored("two");
        PublishedVersion three;
        try (VersionSource.Hold first = cache.hold(one);
                VersionSource.Hold second = cache.hold(two)) {
            three = fetched("three");
            assertThat(one.folder()).isDirectory();
            assertThat(two.folder()).isDirectory();
            assertThat(three.folder()).isDirectory();
        }
        now = now.plus(A_WHILE);
        fetched("four");
        assertThat(Stream.of(one, two, three).filter(old -> Files.exists(old.folder())))
                .as("of the old ones")
                .hasSize(1);
    }

    @Test
    void readersAndRoomDoNotMissEachOther() throws Exception {
        List<PublishedVersion> versions = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            versions.add(stored("version " + i));
        }
        ExecutorService readers = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> read = new ArrayList<>();
            for (int reader = 0; reader < 4; reader++) {
                int first = reader;
                read.add(
                        readers.submit(
                                () -> {
                                    int count = 0;
                                    for (int i = 0; i < 50; i++) {
                                        int next = (first + i) % versions.size();
                                        PublishedVersion version = versions.get(next);
                                        try (VersionSource.Hold hold = cache.hold(version)) {
                                            assertThat(TestVersions.content(version.folder()))
                                                    .isEqualTo("version " + next);
                                            count++;
                                        }
                                    }
                                    return count;
                                }));
            }
            for (Future<Integer> one : read) {
                assertThat(one.get()).isEqualTo(50);
            }
        } finally {
            readers.shutdownNow();
        }
    }

    @Test
    void whatAnEarlierProcessLeftIsKeptAndMakesRoomFirst() throws IOException {
        PublishedVersion one = fetched("one");
        PublishedVersion two = fetched("two");
        cache = opened();
        assertThat(one.folder()).isDirectory();
        read(two);
        now = now.plus(A_WHILE);
        PublishedVersion three = fetched("three");
        assertThat(one.folder()).doesNotExist();
        assertThat(two.folder()).isDirectory();
        assertThat(three.folder()).isDirectory();
    }

    @Test
    void whatTheStoreDoesNotHaveIsNotFound() {
        PublishedVersion missing = version(TestVersions.record());
        assertThatThrownBy(() -> cache.hold(missing))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has no version 1");
        assertThat(missing.folder()).doesNotExist();
    }

    private void read(PublishedVersion version) {
        cache.hold(version).close();
    }

    private PublishedVersion fetched(String content) throws IOException {
        PublishedVersion version = stored(content);
        read(version);
        return version;
    }

    /** A version in the store, whose weights are as large as its record says. */
    private PublishedVersion stored(String content) throws IOException {
        PublishedVersion version = version(TestVersions.record());
        Path adapter = Files.createDirectories(folder.resolve("made").resolve(version.id()));
        Files.writeString(adapter.resolve("README.md"), content);
        Files.write(
                adapter.resolve("adapter_model.safetensors"),
                new byte[Math.toIntExact(RECORD.bytes())]);
        Path packed = folder.resolve(version.id() + ".tar");
        PackedAdapter.pack(adapter, packed);
        objects.put(VersionCache.key(version.id()), packed);
        return version;
    }

    /** Each of a model of its own. */
    private PublishedVersion version(VersionRecord record) {
        return cache.version(TestModels.named(record.id()), 1, record);
    }
}
