package dev.ortune.repository;

import dev.ortune.graph.ProblemType;
import dev.ortune.tokenizer.TruncationSide;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** Versions without an adapter worth the name, for tests of the shelves rather than of the books. */
final class TestVersions {

    private TestVersions() {}

    static VersionRecord record() {
        return new VersionRecord(
                VersionRecord.FORMAT_VERSION,
                UUID.randomUUID().toString(),
                "distilbert-base-uncased",
                "ab".repeat(32),
                List.of("negative", "positive"),
                ProblemType.SINGLE_LABEL,
                512,
                TruncationSide.RIGHT,
                8,
                IntStream.range(0, 6)
                        .mapToObj(i -> "distilbert.transformer.layer." + i + ".attention.q_lin")
                        .toList(),
                700_000,
                2_800_000,
                "cd".repeat(32),
                Optional.empty(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS));
    }

    /** Publishes a version whose file says what it is. */
    static PublishedVersion publish(AdapterRepository repository, Publication publication) {
        try (Draft draft = repository.newDraft()) {
            Files.createDirectory(draft.adapter());
            VersionRecord record = record();
            Files.writeString(draft.adapter().resolve("README.md"), record.id());
            return repository.publish(publication, draft.adapter(), record);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PublishedVersion publish(AdapterRepository repository, String model) {
        return publish(repository, Publication.of(TestModels.named(model)));
    }

    static String content(Path version) {
        try {
            return Files.readString(version.resolve("README.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
