package dev.ortune.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A store that is observed is the same store, and every call is heard of once. */
class ObservedObjectsTest extends ObjectStoreContract {

    private final List<String> heard = new ArrayList<>();

    @Override
    ObjectStore objects() {
        return observed(new FolderObjects(folder.resolve("shared")));
    }

    private ObjectStore observed(ObjectStore store) {
        return new ObservedObjects(
                store,
                (operation, took, fault) -> {
                    assertThat(took).isPositive();
                    heard.add(operation + fault.map(code -> " " + code).orElse(""));
                });
    }

    @Test
    void everyCallIsHeardOf() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "content");

        objects.put("a/b", file);
        objects.fetch("a/b", folder.resolve("copy"));
        try (InputStream in = objects.open("a/b").orElseThrow()) {
            assertThat(in).hasContent("content");
        }
        objects.list("a/");
        objects.delete("a/b");
        objects.fetch("a/b", folder.resolve("copy"));
        objects.place();

        assertThat(heard).containsExactly("put", "fetch", "open", "list", "delete", "fetch");
    }

    @Test
    void failuresAreHeardOfWithTheirCode() {
        assertThatThrownBy(() -> observed(new AwayObjects()).list("a/"))
                .isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> observed(new AwayObjects()).delete("a/b"))
                .isInstanceOf(IllegalStateException.class);

        assertThat(heard).containsExactly("list STORAGE_UNAVAILABLE", "delete INTERNAL");
    }

    /** One that nobody reaches, and that has a bug. */
    private static final class AwayObjects implements ObjectStore {

        @Override
        public void put(String key, Path file) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean fetch(String key, Path target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<InputStream> open(String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> list(String prefix) {
            throw new UnavailableException(
                    ErrorCode.STORAGE_UNAVAILABLE, "It is away.", "Try again.");
        }

        @Override
        public void delete(String key) {
            throw new IllegalStateException("a bug");
        }

        @Override
        public String place() {
            return "nowhere";
        }
    }
}
