package dev.ortune.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class RecipeFileTest {

    @TempDir private Path folder;

    @Test
    void namesStandWithoutDashes() throws IOException {
        RecipeFile recipe = read("{\"learning_rate\": 0.01, \"target_modules\": [\"a\", \"b\"]}");

        assertThat(recipe.value("--learning-rate")).contains("0.01");
        assertThat(recipe.value("--target-modules")).contains("a,b");
        assertThat(recipe.value("--epochs")).isEmpty();
    }

    @Test
    void anAdaptersOwnFileServesAsRecipe() throws IOException {
        RecipeFile recipe =
                read(
                        "{\"training\": {\"recipe\": {\"base_origin\": \"local folder\","
                                + " \"max_tokens\": \"16\", \"clip_norm\": \"none\","
                                + " \"shuffle\": \"false\", \"model_dropout\": \"true\","
                                + " \"group_by_length\": \"true\"}}}");

        assertThat(recipe.value("--max-length")).contains("16");
        assertThat(recipe.value("--clip-norm")).contains("0");
        assertThat(recipe.value("--no-shuffle")).contains("true");
        assertThat(recipe.value("--group-by-length")).contains("true");
        assertThat(recipe.value("--no-model-dropout")).contains("false");
    }

    @Test
    void anUnknownOptionIsRefusedByName() {
        assertThatThrownBy(() -> read("{\"epoch\": 2}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--epoch");
    }

    @Test
    void whatIsNoJsonObjectIsRefused() {
        for (String content : new String[] {"", "[1]", "{\"epochs\": "}) {
            assertThatThrownBy(() -> read(content))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("recipe.json");
        }
    }

    private RecipeFile read(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("recipe.json"), content);
        CommandSpec command =
                new CommandLine(new TrainCommand(new Workshop(null, Map.of()))).getCommandSpec();
        return RecipeFile.read(file, command);
    }
}
