package dev.ortune.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HuggingFaceFolderTest {

    @TempDir Path directory;

    @BeforeEach
    void configuration() throws IOException {
        write("config.json", "{\"model_type\":\"bert\"}");
    }

    @Test
    void safetensorsComeBeforeOnnx() throws IOException {
        copy("dtypes.safetensors", "model.safetensors");
        copy("bert.onnx", "model.onnx");
        try (HuggingFaceFolder folder = HuggingFaceFolder.open(directory)) {
            assertThat(folder.tensors()).isInstanceOf(SafetensorsFile.class);
            assertThat(folder.config().path("model_type").textValue()).isEqualTo("bert");
            assertThat(names(folder)).containsExactly("config.json", "model.safetensors");
        }
    }

    @Test
    void shardsAreFoundThroughTheirIndex() throws IOException {
        for (String name :
                List.of(
                        "model-00001-of-00002.safetensors",
                        "model-00002-of-00002.safetensors",
                        "model.safetensors.index.json")) {
            copy("sharded/" + name, name);
        }
        write("tokenizer.json", "{}");
        try (HuggingFaceFolder folder = HuggingFaceFolder.open(directory)) {
            assertThat(folder.tensors().names()).containsExactly("a", "b", "c");
            assertThat(names(folder))
                    .containsExactly(
                            "config.json",
                            "model.safetensors.index.json",
                            "model-00001-of-00002.safetensors",
                            "model-00002-of-00002.safetensors",
                            "tokenizer.json");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.onnx", "onnx/model.onnx"})
    void anOnnxEncoderIsFound(String name) throws IOException {
        copy("external/model.onnx", name);
        copy("external/model.onnx_data", name + "_data");
        try (HuggingFaceFolder folder = HuggingFaceFolder.open(directory)) {
            assertThat(folder.tensors().shape("encoder.layer.0.intermediate.dense.weight"))
                    .isEqualTo(TensorShape.of(12, 8));
            assertThat(names(folder)).contains("model.onnx", "model.onnx_data");
        }
    }

    @Test
    void aFolderWithoutWeightsSaysWhatWasLookedFor() throws IOException {
        write("pytorch_model.bin", "");
        assertRefused(ErrorCode.BASE_NOT_FOUND)
                .hasMessageContaining("model.safetensors.index.json")
                .hasMessageContaining("onnx/model.onnx")
                .hasMessageContaining("pytorch_model.bin is not read")
                .satisfies(
                        e ->
                                assertThat(((InvalidInputException) e).remedy())
                                        .contains("save_pretrained"));
    }

    @Test
    void aMissingFolderOrConfigurationIsNotFound() throws IOException {
        Files.delete(directory.resolve("config.json"));
        assertRefused(ErrorCode.BASE_NOT_FOUND).hasMessageContaining("config.json");
        Files.delete(directory);
        assertRefused(ErrorCode.BASE_NOT_FOUND).hasMessageContaining("There is no folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "[]", "{\"a\":1", "{} {}"})
    void aConfigurationThatIsNoJsonObjectIsRefused(String content) throws IOException {
        write("config.json", content);
        assertRefused(ErrorCode.BASE_CONFIG).hasMessageContaining("config.json");
    }

    @Test
    void aTokenizerFileIsHandedOnAsItIs() throws IOException {
        copy("dtypes.safetensors", "model.safetensors");
        write("tokenizer.json", "{ \"as\" : \"is\" }");
        write("vocab.txt", "ignored");
        try (HuggingFaceFolder folder = HuggingFaceFolder.open(directory)) {
            assertThat(new String(folder.tokenizerJson(), StandardCharsets.UTF_8))
                    .isEqualTo("{ \"as\" : \"is\" }");
        }
    }

    @Test
    void aFolderWithoutTokenizerSaysWhatWasLookedFor() throws IOException {
        copy("dtypes.safetensors", "model.safetensors");
        try (HuggingFaceFolder folder = HuggingFaceFolder.open(directory)) {
            assertThatThrownBy(folder::tokenizerJson)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("tokenizer.json and vocab.txt");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uncased", "cased", "no_mask", "own_tokens"})
    void aVocabularyBecomesTheTokenizerThatPythonSaves(String name) throws IOException {
        copy("tokenizers/" + name + "/vocab.txt", "vocab.txt");
        copy("tokenizers/" + name + "/tokenizer_config.json", "tokenizer_config.json");
        ObjectMapper mapper = new ObjectMapper();
        JsonNode expected =
                mapper.readTree(Fixtures.golden("tokenizers/" + name + "/expected.json").toFile());
        JsonNode made = mapper.readTree(tokenizerJson());
        assertThat(made).isEqualTo(expected);
        assertThat(made.path("model").path("vocab").toString())
                .isEqualTo(expected.path("model").path("vocab").toString());
    }

    @Test
    void theDefaultsHoldWithoutATokenizerConfiguration() throws IOException {
        copy("tokenizers/uncased/vocab.txt", "vocab.txt");
        JsonNode expected =
                new ObjectMapper()
                        .readTree(Fixtures.golden("tokenizers/uncased/expected.json").toFile());
        assertThat(new ObjectMapper().readTree(tokenizerJson())).isEqualTo(expected);
    }

    @Test
    void aVocabularyWithoutItsSpecialTokensIsRefused() throws IOException {
        write("vocab.txt", "[PAD]\n[UNK]\n[SEP]\n");
        assertTokenizerRefused("lacks the cls_token '[CLS]'");
    }

    @Test
    void aVocabularyThatIsNotUtf8IsRefused() throws IOException {
        Files.write(directory.resolve("vocab.txt"), new byte[] {(byte) 0xc3, 0x28});
        assertTokenizerRefused("not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"do_lower_case\":\"yes\"}",
                "{\"cls_token\":{\"no\":\"content\"}}",
                "{\"added_tokens_decoder\":{\"x\":{\"content\":\"y\"}}}",
                "[]"
            })
    void aMalformedTokenizerConfigurationIsRefused(String content) throws IOException {
        copy("tokenizers/uncased/vocab.txt", "vocab.txt");
        write("tokenizer_config.json", content);
        assertTokenizerRefused("tokenizer_config.json");
    }

    private void assertTokenizerRefused(String reason) {
        assertThatThrownBy(this::tokenizerJson)
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.TOKENIZER_FORMAT))
                .hasMessageContaining(reason);
    }

    private byte[] tokenizerJson() throws IOException {
        copy("dtypes.safetensors", "model.safetensors");
        try (HuggingFaceFolder folder = HuggingFaceFolder.open(directory)) {
            return folder.tokenizerJson();
        }
    }

    private AbstractThrowableAssert<?, ?> assertRefused(ErrorCode code) {
        return assertThatThrownBy(() -> HuggingFaceFolder.open(directory))
                .isInstanceOfSatisfying(
                        InvalidInputException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static List<String> names(HuggingFaceFolder folder) {
        return folder.sourceFiles().stream().map(file -> file.getFileName().toString()).toList();
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(directory.resolve(name), content);
    }

    private void copy(String golden, String name) throws IOException {
        Path target = directory.resolve(name);
        Files.createDirectories(target.getParent());
        Files.deleteIfExists(target);
        Files.copy(Fixtures.golden(golden), target);
    }
}
