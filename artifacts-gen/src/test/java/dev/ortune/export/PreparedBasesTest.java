package dev.ortune.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.base.BaseModel;
import dev.ortune.base.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedBasesTest {

    private static final Path SOURCE =
            Path.of("../src/test/resources/golden/bases/distilbert-tiny");

    @TempDir private Path cache;

    @Test
    void aSecondJobFindsTheFirstOnesFolder() throws IOException {
        PreparedBase first = prepare();
        FileTime written = Files.getLastModifiedTime(first.weightsFile());

        PreparedBase second = prepare();

        assertThat(second.directory()).isEqualTo(first.directory());
        assertThat(Files.getLastModifiedTime(second.weightsFile())).isEqualTo(written);
    }

    @Test
    void jobsThatStartTogetherShareOneFolder() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<PreparedBase> job = this::prepare;
            List<Future<PreparedBase>> jobs = threads.invokeAll(List.of(job, job, job, job));
            for (Future<PreparedBase> done : jobs) {
                assertThat(done.get().weightsFile()).exists();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(entries()).hasSize(1);
    }

    @Test
    void whatAKilledProcessLeftGoesAfterADay() throws IOException {
        Path abandoned = Files.createDirectories(cache.resolve(".preparing-old"));
        Files.writeString(abandoned.resolve("weights.bin"), "half");
        Files.setLastModifiedTime(
                abandoned, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        Path underWay = Files.createDirectories(cache.resolve(".preparing-new"));

        prepare();

        assertThat(abandoned).doesNotExist();
        assertThat(underWay).exists();
    }

    private PreparedBase prepare() {
        return new PreparedBases(cache)
                .prepare(new BaseModel("tiny", SOURCE, new Origin.LocalFolder()));
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> entries = Files.list(cache)) {
            return entries.filter(entry -> !entry.endsWith(".sources")).toList();
        }
    }
}
