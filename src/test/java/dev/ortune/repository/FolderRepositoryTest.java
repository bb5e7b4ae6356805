package dev.ortune.repository;

import static dev.ortune.repository.TestVersions.publish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.error.ErrorCode;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** In a folder, the default. */
class FolderRepositoryTest extends AdapterRepositoryContract {

    @Override
    AdapterRepository opened() {
        return AdapterRepository.open(folder.resolve("models"));
    }

    @Test
    void nothingIsLeftOfADeletedModel() {
        publish(repository, "sentiment");
        repository.deleteModel(TestModels.named("sentiment"));
        assertThat(folder.resolve("models/sentiment")).doesNotExist();
    }

    @Test
    void anotherProcessMayLookButNotChange() {
        publish(repository, "sentiment");
        try (AdapterRepository other = AdapterRepository.open(folder.resolve("models"))) {
            assertThat(other.models()).isEqualTo(repository.models());
            assertThat(code(() -> publish(other, "sentiment")))
                    .isEqualTo(ErrorCode.MODEL_READ_ONLY);
        }
        assertThat(publish(repository, "sentiment").number()).isEqualTo(2);
    }

    @Test
    void nothingIsMadeOnDiskBeforeTheFirstPublication() {
        assertThat(repository.models()).isEmpty();
        assertThat(Files.exists(folder.resolve("models"))).isFalse();
    }
}
