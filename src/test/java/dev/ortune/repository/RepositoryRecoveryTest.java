package dev.ortune.repository;

import static dev.ortune.repository.TestVersions.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed process or a careless hand leaves on the disk. */
class RepositoryRecoveryTest {

    @TempDir private Path folder;

    private PublishedVersion first;

    @BeforeEach
    void publishTwoModels() {
        try (AdapterRepository repository = AdapterRepository.open(folder)) {
            first = publish(repository, "sentiment");
            publish(repository, "sentiment");
            publish(repository, "topics");
        }
    }

    @Test
    void draftsAreHiddenAndDeletedAtTheStart() throws IOException {
        Path draft = Files.createDirectories(folder.resolve(".drafts/abc/adapter"));
        Files.writeString(draft.resolve("adapter_config.json"), "{");
        try (AdapterRepository repository = AdapterRepository.open(folder)) {
            assertThat(names(repository)).containsExactly("sentiment", "topics");
            assertThat(folder.resolve(".drafts")).doesNotExist();
        }
    }

    @Test
    void aPublicationThatWasKilledBeforeItsEndNeverHappened() throws IOException {
        copy(folder.resolve("sentiment/2"), folder.resolve("sentiment/3"));
        Files.writeString(folder.resolve("sentiment/.model.json.123.part"), "{\"nextVers");
        try (AdapterRepository repository = AdapterRepository.open(folder)) {
            assertThat(repository.model(TestModels.named("sentiment")).versions()).hasSize(2);
            assertThat(folder.resolve("sentiment/3")).doesNotExist();
            assertThat(folder.resolve("sentiment/.model.json.123.part")).doesNotExist();
            assertThat(publish(repository, "sentiment").number()).isEqualTo(3);
        }
    }

    @Test
    void aDeletionThatWasKilledAfterItsDecisionIsDone() throws IOException {
        Path saved = folder.resolve("saved");
        copy(folder.resolve("sentiment/1"), saved);
        try (AdapterRepository repository = AdapterRepository.open(folder)) {
            repository.deleteVersion(TestModels.named("sentiment"), "1");
        }
        Files.move(saved, folder.resolve("sentiment/1"));
        try (AdapterRepository repository = AdapterRepository.open(folder)) {
            assertThat(repository.model(TestModels.named("sentiment")).versions()).hasSize(1);
            assertThat(folder.resolve("sentiment/1")).doesNotExist();
        }
    }

    @Test
    void aDamagedModelIsLeftOutAndItsNameKept() throws IOException {
        Files.writeString(folder.resolve("sentiment/model.json"), "{\"formatVersion\": 1,");
        try (AdapterRepository repository = AdapterRepository.open(folder)) {
            assertThat(names(repository)).containsExactly("topics");
            assertThatThrownBy(() -> publish(repository, "sentiment"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("taken by a damaged model");
            assertThat(folder.resolve("sentiment/1/record.json")).exists();
        }
    }

    @Test
    void aDamagedVersionIsLeftOutAndTheAliasesGoOn() throws IOException {
        Files.writeString(folder.resolve("sentiment/2/record.json"), "null");
        try (AdapterRepository repository = AdapterRepository.open(folder)) {
            assertThat(repository.resolve(TestModels.reference("sentiment"))).isEqualTo(first);
            assertThat(publish(repository, "sentiment").number()).isEqualTo(3);
        }
    }

    @Test
    void strangeFoldersAreNoModels() throws IOException {
        Files.createDirectories(folder.resolve("lost+found"));
        Files.createDirectories(folder.resolve("empty"));
        Files.writeString(folder.resolve("a-file"), "x");
        try (AdapterRepository repository = AdapterRepository.open(folder)) {
            assertThat(names(repository)).containsExactly("sentiment", "topics");
        }
    }

    @Test
    void recordsOfAnyKindOfWrongContentNeverStopTheStart() throws IOException {
        for (String content :
                List.of(
                        "",
                        "[]",
                        "{}",
                        "{\"formatVersion\": 2}",
                        "{\"formatVersion\":1,\"nextVersion\":1,\"versions\":null,\"aliases\":{}}",
                        "{\"formatVersion\":1,\"nextVersion\":1,\"versions\":[1],\"aliases\":"
                                + "{\"prod\":{\"targets\":[]}}}",
                        "{\"formatVersion\":1,\"nextVersion\":1,\"versions\":[-1,7],"
                                + "\"aliases\":{}}")) {
            Files.writeString(folder.resolve("sentiment/model.json"), content);
            try (AdapterRepository repository = AdapterRepository.open(folder)) {
                assertThat(names(repository)).contains("topics");
            }
        }
    }

    private static List<String> names(AdapterRepository repository) {
        return repository.models().stream().map(model -> model.name().qualified()).toList();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.sorted(Comparator.naturalOrder()).toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
