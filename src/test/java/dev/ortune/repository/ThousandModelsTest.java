package dev.ortune.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand tenants: the start reads their records only, and keeps little of them. */
class ThousandModelsTest {

    private static final int MODELS = 1000;
    private static final Duration LONGEST_START = Duration.ofSeconds(10);
    private static final long MAX_BYTES_PER_MODEL = 20_000;

    @TempDir private Path folder;

    @Test
    void theyAreReadQuicklyAndWithoutTheirWeights() throws IOException {
        for (int i = 0; i < MODELS; i++) {
            layDown("tenant-" + i);
        }
        long before = usedHeap();
        Instant start = Instant.now();
        try (AdapterRepository repository = AdapterRepository.open(folder)) {
            assertThat(Duration.between(start, Instant.now())).isLessThan(LONGEST_START);
            long held = usedHeap() - before;
            assertThat(repository.models()).hasSize(MODELS);
            assertThat(held / MODELS).as("bytes per model").isLessThan(MAX_BYTES_PER_MODEL);
            assertThat(repository.resolve(TestModels.reference("tenant-500@1")).folder())
                    .as("weights that nobody can have read")
                    .isDirectoryNotContaining("glob:**.safetensors");
            assertSharedNames(repository);
        }
    }

    private static void assertSharedNames(AdapterRepository repository) {
        List<String> one = modules(repository, "tenant-1@1");
        List<String> other = modules(repository, "tenant-2@1");
        for (int i = 0; i < one.size(); i++) {
            assertThat(one.get(i)).isSameAs(other.get(i));
        }
    }

    private static List<String> modules(AdapterRepository repository, String reference) {
        return repository.resolve(TestModels.reference(reference)).record().modules();
    }

    /** As a publication leaves it, but not synced a thousand times. */
    private void layDown(String model) throws IOException {
        VersionRecord record = TestVersions.record();
        Path version = Files.createDirectories(folder.resolve(model).resolve("1"));
        Files.write(version.resolve(VersionRecord.FILE), RepositoryJson.write(record));
        ModelDocument document =
                new ModelDocument(
                        ModelDocument.FORMAT_VERSION,
                        2,
                        List.of(1),
                        new TreeMap<>(
                                java.util.Map.of(
                                        "default", AliasHistory.of(1, record.published()))));
        byte[] content = RepositoryJson.write(document);
        assertThat(new String(content, StandardCharsets.UTF_8)).contains("\"default\"");
        Files.write(folder.resolve(model).resolve(ModelDocument.FILE), content);
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
