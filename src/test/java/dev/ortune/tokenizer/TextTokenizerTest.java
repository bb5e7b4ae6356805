package dev.ortune.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextTokenizerTest {

    private static final String RESOURCE = "bge-small-en-v1.5-tokenizer.json";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int CLS = 101;
    private static final int SEP = 102;

    private static byte[] tokenizerJson;
    private static TextTokenizer tokenizer;

    private record Golden(
            String text, List<Integer> ids, List<Integer> left16, List<Integer> right16) {}

    @BeforeAll
    static void load() throws IOException {
        tokenizerJson = resource("/" + RESOURCE).readAllBytes();
        tokenizer = TextTokenizer.of(tokenizerJson, RESOURCE);
    }

    @AfterAll
    static void close() {
        tokenizer.close();
    }

    @Test
    void aThousandTextsInManyScriptsGetTheIdsOfPython() throws IOException {
        List<Golden> golden = golden();
        assertThat(golden).hasSize(1000);
        for (Golden row : golden) {
            assertThat(boxed(tokenizer.encode(row.text(), 1_000_000, TruncationSide.RIGHT)))
                    .as(row.text())
                    .isEqualTo(row.ids());
            assertThat(boxed(tokenizer.encode(row.text(), 16, TruncationSide.LEFT)))
                    .as("left: %s", row.text())
                    .isEqualTo(row.left16());
            assertThat(boxed(tokenizer.encode(row.text(), 16, TruncationSide.RIGHT)))
                    .as("right: %s", row.text())
                    .isEqualTo(row.right16());
        }
    }

    @Test
    void theTextsOfABatchKeepTheirOrder() throws IOException {
        List<Golden> golden = golden();
        List<int[]> encoded =
                tokenizer.encodeAll(
                        golden.stream().map(Golden::text).toList(), 16, TruncationSide.LEFT);
        for (int i = 0; i < golden.size(); i++) {
            assertThat(boxed(encoded.get(i))).isEqualTo(golden.get(i).left16());
        }
    }

    @Test
    void storedTruncationAndPaddingAreIgnored(@TempDir Path folder) throws IOException {
        ObjectNode json = (ObjectNode) MAPPER.readTree(tokenizerJson);
        json.set(
                "truncation",
                MAPPER.readTree(
                        "{\"direction\":\"Left\",\"max_length\":5,\"strategy\":\"LongestFirst\",\"stride\":0}"));
        json.set(
                "padding",
                MAPPER.readTree(
                        "{\"strategy\":{\"Fixed\":32},\"direction\":\"Right\",\"pad_to_multiple_of\":null,"
                                + "\"pad_id\":0,\"pad_type_id\":0,\"pad_token\":\"[PAD]\"}"));
        Path file = folder.resolve("tokenizer.json");
        Files.write(file, MAPPER.writeValueAsBytes(json));
        String text = "one two three four five six seven";
        try (TextTokenizer stored = TextTokenizer.of(file)) {
            assertThat(stored.encode(text, 512, TruncationSide.RIGHT))
                    .hasSize(9)
                    .containsExactly(tokenizer.encode(text, 512, TruncationSide.RIGHT));
        }
    }

    @Test
    void aTextOfOneMegabyteIsCutOnBothSides() {
        String text = "first " + "word ".repeat(200_000) + "last";
        int[] right = tokenizer.encode(text, 512, TruncationSide.RIGHT);
        int[] left = tokenizer.encode(text, 512, TruncationSide.LEFT);
        int first = tokenizer.encode("first", 3, TruncationSide.RIGHT)[1];
        int last = tokenizer.encode("last", 3, TruncationSide.RIGHT)[1];
        int word = tokenizer.encode("word", 3, TruncationSide.RIGHT)[1];
        assertThat(right).hasSize(512).startsWith(CLS, first, word).endsWith(word, SEP);
        assertThat(left).hasSize(512).startsWith(CLS, word).endsWith(last, SEP);
        assertThat(tokenizer.encode(text, 1_000_000, TruncationSide.LEFT)).hasSize(200_004);
    }

    @Test
    void anEmptyTextIsItsSpecialTokens() {
        assertThat(tokenizer.encode("", 512, TruncationSide.RIGHT)).containsExactly(CLS, SEP);
        assertThat(tokenizer.encode("a b", 2, TruncationSide.LEFT)).containsExactly(CLS, SEP);
    }

    @Test
    void halfASurrogatePairCountsAsTheReplacementCharacter() {
        assertThat(tokenizer.encode("a \uD83D b \uDE00", 512, TruncationSide.RIGHT))
                .containsExactly(tokenizer.encode("a \uFFFD b \uFFFD", 512, TruncationSide.RIGHT));
    }

    @Test
    void aMaximumLengthBelowTheSpecialTokensIsRefused() {
        assertThatThrownBy(() -> tokenizer.encode("text", 1, TruncationSide.RIGHT))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION))
                .hasMessageContaining("1 tokens")
                .hasMessageContaining("2 special tokens");
    }

    @Test
    void aFileThatIsNoTokenizerIsRefusedByName(@TempDir Path folder) {
        for (String content : List.of("", "{", "[]", "{}", "{\"model\":{\"type\":\"Nonsense\"}}")) {
            assertThatThrownBy(
                            () ->
                                    TextTokenizer.of(
                                            content.getBytes(StandardCharsets.UTF_8), "my.json"))
                    .as(content)
                    .isInstanceOfSatisfying(
                            InvalidInputException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.TOKENIZER_FORMAT))
                    .hasMessageContaining("my.json");
        }
        assertThatThrownBy(() -> TextTokenizer.of(folder.resolve("absent.json")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("absent.json");
    }

    @Test
    void aClosedTokenizerRefusesToEncode() {
        TextTokenizer closed = TextTokenizer.of(tokenizerJson, RESOURCE);
        closed.close();
        closed.close();
        assertThatThrownBy(() -> closed.encode("text", 8, TruncationSide.RIGHT))
                .isInstanceOf(IllegalStateException.class);
    }

    private static List<Golden> golden() throws IOException {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(resource("/golden/tokenizer.jsonl.gz")),
                                StandardCharsets.UTF_8))) {
            return lines.lines().map(TextTokenizerTest::parse).toList();
        }
    }

    private static List<Integer> boxed(int[] ids) {
        return Arrays.stream(ids).boxed().toList();
    }

    private static Golden parse(String line) {
        try {
            return MAPPER.readValue(line, Golden.class);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(
                TextTokenizerTest.class.getResourceAsStream(name), () -> name + " is missing");
    }
}
