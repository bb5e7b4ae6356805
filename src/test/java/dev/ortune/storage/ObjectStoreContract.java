package dev.ortune.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store of shared files does. */
abstract class ObjectStoreContract {

    @TempDir protected Path folder;

    protected ObjectStore objects;

    /** An empty store. */
    abstract ObjectStore objects();

    @BeforeEach
    void open() {
        objects = objects();
    }

    @Test
    void whatWasPutComesBackByteForByte() throws IOException {
        byte[] content = new byte[300_000];
        new Random(1).nextBytes(content);
        objects.put("models/a.tar", file(content));
        Path target = folder.resolve("target");
        assertThat(objects.fetch("models/a.tar", target)).isTrue();
        assertThat(target).hasBinaryContent(content);
        try (InputStream in = objects.open("models/a.tar").orElseThrow()) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void aContentIsReplacedAndAnEmptyOneIsOne() throws IOException {
        objects.put("a", file(new byte[] {1, 2, 3}));
        objects.put("a", file(new byte[0]));
        Path target = Files.writeString(folder.resolve("target"), "there already");
        assertThat(objects.fetch("a", target)).isTrue();
        assertThat(target).isEmptyFile();
    }

    @Test
    void whatIsNotThereIsToldApart() {
        Path target = folder.resolve("target");
        assertThat(objects.fetch("a/b", target)).isFalse();
        assertThat(target).doesNotExist();
        assertThat(objects.open("a/b")).isEmpty();
        objects.delete("a/b");
    }

    @Test
    void keysAreListedByHowTheyBegin() throws IOException {
        Path file = file(new byte[] {1});
        for (String key : new String[] {"jobs/b/2", "jobs/a/1", "jobs/a/2", "models/a"}) {
            objects.put(key, file);
        }
        assertThat(objects.list("jobs/")).containsExactly("jobs/a/1", "jobs/a/2", "jobs/b/2");
        assertThat(objects.list("jobs/a/")).containsExactly("jobs/a/1", "jobs/a/2");
        assertThat(objects.list("none/")).isEmpty();
        objects.delete("jobs/a/1");
        assertThat(objects.list("jobs/a/")).containsExactly("jobs/a/2");
    }

    @Test
    void moreKeysThanAPageAreListed() throws IOException {
        Path file = file(new byte[] {1});
        for (int i = 0; i < 1_010; i++) {
            objects.put("many/" + i, file);
        }
        assertThat(objects.list("many/")).hasSize(1_010);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a//b", "../a", "a/../b", ".hidden", "a b", "a\\b"})
    void whatIsNoKeyIsAMistake(String key) {
        assertThatThrownBy(() -> objects.open(key)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> objects.put(key, folder))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> objects.delete(key)).isInstanceOf(IllegalArgumentException.class);
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("source"), content);
    }
}
