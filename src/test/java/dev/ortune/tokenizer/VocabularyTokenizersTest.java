package dev.ortune.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ortune.checkpoint.HuggingFaceFolder;
import dev.ortune.golden.GoldenCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokenizers made from vocab.txt against Transformers' BertTokenizer on the same folders. */
class VocabularyTokenizersTest {

    private static final Path GOLDEN =
            Path.of("../artifacts-gen/src/test/resources/checkpoint/tokenizers");
    private static final int MAX_TOKENS = 512;

    @ParameterizedTest
    @ValueSource(strings = {"cased", "uncased", "own_tokens", "no_mask"})
    void theIdsAreTransformers(String name, @TempDir Path folder) throws IOException {
        // A model folder is more than a tokenizer: the rest is a golden base's.
        for (String file : List.of("config.json", "model.safetensors")) {
            Files.copy(GoldenCase.base("distilbert-tiny").resolve(file), folder.resolve(file));
        }
        for (String file : List.of("vocab.txt", "tokenizer_config.json")) {
            Files.copy(GOLDEN.resolve(name).resolve(file), folder.resolve(file));
        }
        JsonNode golden =
                new ObjectMapper().readTree(GOLDEN.resolve(name).resolve("ids.json").toFile());
        assertThat(golden).isNotEmpty();
        try (HuggingFaceFolder base = HuggingFaceFolder.open(folder);
                TextTokenizer tokenizer = TextTokenizer.of(base.tokenizerJson(), name)) {
            for (JsonNode row : golden) {
                String text = row.path("text").asText();
                int[] expected = new int[row.path("ids").size()];
                for (int i = 0; i < expected.length; i++) {
                    expected[i] = row.path("ids").get(i).asInt();
                }
                assertThat(tokenizer.encode(text, MAX_TOKENS, TruncationSide.RIGHT))
                        .as(text)
                        .containsExactly(expected);
            }
        }
    }
}
