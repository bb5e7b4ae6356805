package dev.ortune.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A remembered hash is only as good as the reasons to believe it. */
class SourceHashesTest {

    @TempDir private Path folder;
    private Path source;
    private Path weights;

    /** So late that nothing has changed shortly before. */
    private InstantSource clock = () -> Instant.now().plus(Duration.ofHours(1));

    @BeforeEach
    void write() throws IOException {
        assumeThat(FileSystems.getDefault().supportedFileAttributeViews()).contains("unix");
        source = Files.createDirectories(folder.resolve("source"));
        weights = Files.writeString(source.resolve("model.safetensors"), "old");
    }

    @Test
    void aHashIsRememberedWhileTheFilesStay() throws IOException {
        String hash = hash();
        forge("forged");

        assertThat(hash()).isNotEqualTo(hash).isEqualTo("forged");
    }

    @Test
    void filesOfTheSameSizeAndTimesAreHashedAgain() throws IOException {
        String old = hash();
        forge("forged");
        FileTime time = Files.getLastModifiedTime(weights);
        Object changed = Files.getAttribute(weights, "unix:ctime");
        // File systems' clocks are coarse.
        while (Files.getAttribute(weights, "unix:ctime").equals(changed)) {
            Files.writeString(weights, "new");
            Files.setLastModifiedTime(weights, time);
        }

        assertThat(hash()).isNotEqualTo(old).isNotEqualTo("forged");
    }

    @Test
    void aFileInTheOthersPlaceIsHashedAgain() throws IOException {
        String old = hash();
        Path other = Files.writeString(source.resolve("other"), "new");
        Files.move(other, weights, StandardCopyOption.REPLACE_EXISTING);

        assertThat(hash()).isNotEqualTo(old);
    }

    @Test
    void whatHasJustChangedIsNotRemembered() throws IOException {
        clock = InstantSource.system();
        hash();

        assertThat(memories()).isEmpty();
    }

    @Test
    void foldersAreToldApart() throws IOException {
        String first = hash();
        Path second = Files.createDirectories(folder.resolve("second"));
        Path file = Files.writeString(second.resolve("model.safetensors"), "another");

        assertThat(remembered(second, file)).isNotEqualTo(first);
        assertThat(hash()).isEqualTo(first);
        assertThat(memories()).hasSize(2);
    }

    @Test
    void aMemoryThatCannotBeReadIsWrittenAnew() throws IOException {
        String hash = hash();
        Files.writeString(memories().get(0), "half");

        assertThat(hash()).isEqualTo(hash);
        assertThat(Files.readAllLines(memories().get(0))).hasSize(2).contains(hash);
    }

    @Test
    void withoutAPlaceToRememberItIsHashedEachTime() throws IOException {
        Files.writeString(folder.resolve("memory"), "a file where the folder should be");

        assertThat(hash()).isEqualTo(hash());
    }

    @Test
    void whatLedToNothingLeavesNothing() throws IOException {
        hashes().of(source, List.of(weights));

        assertThat(memories()).isEmpty();
    }

    private String hash() {
        return remembered(source, weights);
    }

    private String remembered(Path directory, Path file) {
        SourceHashes.SourceHash hash = hashes().of(directory, List.of(file));
        hash.remember();
        return hash.value();
    }

    private SourceHashes hashes() {
        return new SourceHashes(folder.resolve("memory"), clock);
    }

    /** Replaces what is remembered: only who believes it tells it. */
    private void forge(String hash) throws IOException {
        Path memory = memories().get(0);
        Files.write(memory, List.of(Files.readAllLines(memory).get(0), hash));
    }

    private List<Path> memories() throws IOException {
        Path memory = folder.resolve("memory");
        if (!Files.isDirectory(memory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(memory)) {
            return entries.toList();
        }
    }
}
