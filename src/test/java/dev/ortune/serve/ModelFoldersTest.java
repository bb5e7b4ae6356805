package dev.ortune.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.InvalidInputException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFoldersTest {

    @TempDir private Path folder;

    @Test
    void modelsAreNamedOneByOneAndByTheirCommonFolder() throws IOException {
        adapter("reviews");
        adapter(".being-written");
        Files.createDirectory(folder.resolve("notes"));

        assertThat(
                        ModelFolders.of(
                                configuration(
                                        Map.of(
                                                "ortune.model-directory",
                                                folder.toString(),
                                                "ortune.models.other",
                                                "elsewhere"))))
                .containsExactly(
                        Map.entry("other", Path.of("elsewhere")),
                        Map.entry("reviews", folder.resolve("reviews")));
    }

    @Test
    void noModelAtAllIsAllowed() {
        assertThat(ModelFolders.of(configuration(Map.of()))).isEmpty();
    }

    @Test
    void twoModelsOfOneNameAreRefusedWithBothProperties() throws IOException {
        adapter("reviews");
        ServeConfiguration configuration =
                configuration(
                        Map.of(
                                "ortune.model-directory",
                                folder.toString(),
                                "ortune.models.reviews",
                                "elsewhere"));
        assertThatThrownBy(() -> ModelFolders.of(configuration))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("ortune.models.reviews")
                .hasMessageContaining("ortune.model-directory");
    }

    @Test
    void aFolderThatIsNoneIsRefusedWithItsProperty() {
        ServeConfiguration configuration =
                configuration(Map.of("ortune.model-directory", folder + "/none"));
        assertThatThrownBy(() -> ModelFolders.of(configuration))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("ortune.model-directory is " + folder);
    }

    private void adapter(String name) throws IOException {
        Files.createFile(
                Files.createDirectory(folder.resolve(name)).resolve("adapter_config.json"));
    }

    private static ServeConfiguration configuration(Map<String, String> properties) {
        SmallRyeConfig config =
                new SmallRyeConfigBuilder()
                        .withMapping(ServeConfiguration.class)
                        .withDefaultValues(properties)
                        .build();
        return config.getConfigMapping(ServeConfiguration.class);
    }
}
