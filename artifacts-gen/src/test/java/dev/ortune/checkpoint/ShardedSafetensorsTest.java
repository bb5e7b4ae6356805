package dev.ortune.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardedSafetensorsTest {

    private static final String INDEX = "model.safetensors.index.json";

    @TempDir Path folder;
    private Path index;

    @BeforeEach
    void oneShard() {
        index = folder.resolve(INDEX);
        SafetensorsWriter.write(
                folder.resolve("one.safetensors"),
                List.of(new FloatTensor("a", TensorShape.of(1), new float[] {1})));
    }

    @Test
    void theTensorsOfAllShardsAreOneSource() {
        try (ShardedSafetensors sharded =
                ShardedSafetensors.open(Fixtures.golden("sharded/" + INDEX))) {
            assertThat(sharded.names()).containsExactly("a", "b", "c");
            assertThat(sharded.read("b").values()).containsExactly(2, 2, 2);
            assertThat(Fixtures.streamed(sharded, "c")).containsExactly(3, 3);
            assertThat(sharded.shape("a")).isEqualTo(TensorShape.of(2, 2));
            assertThat(sharded.files()).hasSize(3).allMatch(Files::isRegularFile);
            assertThatThrownBy(() -> sharded.read("d"))
                    .isInstanceOfSatisfying(
                            InvalidInputException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.BASE_MISSING_TENSOR));
        }
    }

    @Test
    void aMissingShardIsNamed() throws IOException {
        assertRefused(
                "{\"weight_map\":{\"a\":\"two.safetensors\"}}",
                ErrorCode.BASE_NOT_FOUND,
                "two.safetensors");
    }

    @Test
    void aTensorThatItsShardLacksIsNamed() throws IOException {
        assertRefused(
                "{\"weight_map\":{\"b\":\"one.safetensors\"}}",
                ErrorCode.SAFETENSORS_FORMAT,
                "tensor 'b': weight_map places it in one.safetensors");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../one.safetensors",
                "/etc/passwd",
                "sub/one.safetensors",
                "..\\\\one.safetensors",
                "..",
                "",
                "one\\u0000.safetensors"
            })
    void aShardOutsideTheFolderIsRefused(String shard) throws IOException {
        assertRefused(
                "{\"weight_map\":{\"a\":\"" + shard + "\"}}",
                ErrorCode.SAFETENSORS_FORMAT,
                "file name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}",
                "{\"weight_map\":{}}",
                "{\"weight_map\":{\"a\":1}}",
                "{\"weight_map\":{\"a\":\"one.safetensors\",\"a\":\"one.safetensors\"}}"
            })
    void aMalformedIndexIsRefused(String content) throws IOException {
        assertRefused(content, ErrorCode.SAFETENSORS_FORMAT, INDEX);
    }

    private void assertRefused(String content, ErrorCode code, String message) throws IOException {
        Files.writeString(index, content);
        assertThatThrownBy(() -> ShardedSafetensors.open(index))
                .isInstanceOfSatisfying(
                        InvalidInputException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }
}
