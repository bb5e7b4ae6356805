package dev.ortune.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.graph.ProblemType;
import dev.ortune.io.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetReaderTest {

    private static final DatasetReader SINGLE =
            new DatasetReader(DatasetOptions.of(ProblemType.SINGLE_LABEL));
    private static final DatasetReader MULTI =
            new DatasetReader(DatasetOptions.of(ProblemType.MULTI_LABEL));

    @Test
    void aCsvFileKeepsQuotedNewlinesQuotesAndCommas() {
        assertThat(
                        single(
                                "a.csv",
                                "id,label,text\r\n7,pos,\"one, \"\"two\"\"\r\nthree\"\r\n8, neg ,four\r\n"))
                .containsExactly(
                        new Example("one, \"two\"\r\nthree", List.of("pos")),
                        new Example("four", List.of("neg")));
    }

    @Test
    void aTsvFileIsSplitAtTabsAlone() {
        assertThat(single("a.tsv", "text\tlabel\nOne, two; three\t1\n\"a\tb\"\t0"))
                .containsExactly(
                        new Example("One, two; three", List.of("1")),
                        new Example("a\tb", List.of("0")));
    }

    @Test
    void aJsonLinesFileTakesNamesAndNumbers() {
        assertThat(
                        single(
                                "a.jsonl",
                                "{\"text\":\"one\\ntwo\",\"label\":\"pos\"}\r\n\n{\"label\":0,\"text\":\"\\u00e9\",\"x\":[]}"))
                .containsExactly(
                        new Example("one\ntwo", List.of("pos")), new Example("é", List.of("0")));
    }

    @Test
    void aJsonArrayIsReadElementByElement() {
        assertThat(
                        single(
                                "a.json",
                                "[{\"text\":\"a\",\"label\":1},\n {\"text\":\"b\",\"label\":2}]\n"))
                .containsExactly(new Example("a", List.of("1")), new Example("b", List.of("2")));
    }

    @Test
    void multiLabelRowsHoldAnyNumberOfLabels() {
        List<Example> expected =
                List.of(
                        new Example("a", List.of("x", "y")),
                        new Example("b", List.of()),
                        new Example("c", List.of("z")));
        assertThat(multi("a.csv", "text,label\na,x|y|x\nb,\nc,z\n")).isEqualTo(expected);
        assertThat(
                        multi(
                                "a.jsonl",
                                "{\"text\":\"a\",\"label\":[\"x\",\"y\"]}\n{\"text\":\"b\",\"labels\":[]}\n"
                                        + "{\"text\":\"c\",\"label\":\"z\"}"))
                .isEqualTo(expected);
    }

    @Test
    void otherColumnNamesCanBeChosen() {
        DatasetReader reader =
                new DatasetReader(
                        new DatasetOptions(
                                new DatasetColumns("review", "stars"),
                                ProblemType.SINGLE_LABEL,
                                DatasetOptions.DEFAULT_MAX_ROW_BYTES));
        assertThat(read(reader, "a.csv", "stars,text,review\n5,no,yes\n").examples())
                .containsExactly(new Example("yes", List.of("5")));
    }

    @Test
    void aByteOrderMarkIsSkipped() {
        assertThat(single("a.csv", "\uFEFFtext,label\na,b\n")).hasSize(1);
        assertThat(single("a.jsonl", "\uFEFF{\"text\":\"a\",\"label\":1}")).hasSize(1);
    }

    @Test
    void theSourceHoldsTheDigestOfTheFileAsStored(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("rows.csv.gz");
        byte[] stored = gzip("text,label\na,b\nc,d\n");
        Files.write(file, stored);
        assertThat(SINGLE.read(file).source())
                .isEqualTo(new DatasetSource("rows.csv.gz", Sha256.of(file), 2));
    }

    @Test
    void textsAreReadWithoutALabelColumn(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("rows.csv");
        Files.writeString(file, "text\none\n\ntwo\n");
        assertThat(SINGLE.readUnlabelled(file).texts()).containsExactly("one", "two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.csv", "a.tsv", "a.jsonl", "a.json", "a.csv.gz"})
    void anEmptyFileIsRefused(String name) {
        assertRefused(name, "", ErrorCode.DATASET_EMPTY, name);
    }

    @Test
    void aHeaderAloneIsRefused() {
        assertRefused("a.csv", "text,label\n\n", ErrorCode.DATASET_EMPTY, "no data rows");
        assertRefused("a.json", "[]", ErrorCode.DATASET_EMPTY, "no data rows");
    }

    @Test
    void aMissingColumnIsRefusedWithThoseFound() {
        assertRefused(
                "a.csv",
                "id,review,label\n1,a,b\n",
                ErrorCode.DATASET_MISSING_COLUMN,
                "\"text\"; it has: id, review, label");
        assertRefused(
                "a.jsonl",
                "{\"text\":\"a\",\"class\":1}",
                ErrorCode.DATASET_MISSING_COLUMN,
                "\"label\"; it has: text, class");
    }

    @Test
    void aColumnThatStandsTwiceIsRefused() {
        assertRefused("a.csv", "text,label,text\na,b,c\n", ErrorCode.DATASET_FORMAT, "twice");
    }

    @Test
    void aBlankTextIsRefusedWithRowAndLine() {
        assertRefused(
                "a.csv",
                "text,label\n\"a\nb\",x\n\n\u00a0 ,y\n",
                ErrorCode.DATASET_INVALID_ROW,
                "a.csv, row 2 (line 5): the text in \"text\" is blank");
        assertRefused(
                "a.jsonl",
                "{\"text\":\"a\",\"label\":1}\n\n{\"text\":\"\",\"label\":1}",
                ErrorCode.DATASET_INVALID_ROW,
                "row 2 (line 3)");
    }

    @Test
    void aMissingLabelIsRefused() {
        String inRow = "row 2 (line 3)";
        ErrorCode code = ErrorCode.DATASET_INVALID_ROW;
        assertRefused("a.csv", "text,label\na,x\nb,\n", code, inRow);
        String first = "{\"text\":\"a\",\"label\":1}\n";
        assertRefused("a.jsonl", first + "\n{\"text\":\"b\"}", code, inRow);
        assertRefused("a.jsonl", first + "\n{\"text\":\"b\",\"label\":null}", code, "is null");
        assertRefused("a.jsonl", first + "\n{\"text\":\"b\",\"label\":\" \"}", code, inRow);
    }

    @Test
    void aLabelThatIsNoScalarIsRefused() {
        ErrorCode code = ErrorCode.DATASET_INVALID_ROW;
        assertRefused("a.jsonl", "{\"text\":\"a\",\"label\":[1]}", code, "is an array");
        assertRefused("a.jsonl", "{\"text\":\"a\",\"label\":{}}", code, "is an object");
        assertRefused("a.jsonl", "{\"text\":5,\"label\":1}", code, "\"text\" is a number");
        assertRefused("a.jsonl", "[1]", code, "found an array");
        assertThatThrownBy(() -> multi("a.jsonl", "{\"text\":\"a\",\"label\":[[1]]}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is an array");
    }

    @Test
    void aRowOfAnotherLengthThanTheHeaderIsRefused() {
        assertRefused(
                "a.csv",
                "text,label\na,x\nb, c,y\n",
                ErrorCode.DATASET_INVALID_ROW,
                "row 2 (line 3): the row has 3 fields, but the header has 2");
    }

    @Test
    void brokenQuotesAreRefusedWithTheLine() {
        assertRefused("a.csv", "text,label\na,x\n\"b\" c,y\n", ErrorCode.DATASET_FORMAT, "line 3");
        assertRefused("a.csv", "text,label\na,x\n\"b,y\n", ErrorCode.DATASET_FORMAT, "line 3");
    }

    @Test
    void brokenJsonIsRefusedWithTheLine() {
        String first = "{\"text\":\"a\",\"label\":1}\n";
        ErrorCode code = ErrorCode.DATASET_FORMAT;
        assertRefused("a.jsonl", first + "{\"text\":", code, "row 2 (line 2) is not valid JSON");
        assertRefused("a.jsonl", first + first.strip() + "}", code, "row 2 (line 2)");
        assertRefused("a.json", "[" + first, code, "row 2 (line 2) is not valid JSON");
        assertRefused("a.json", first, code, "not one JSON array");
        assertRefused("a.json", "[" + first + "] 5", code, "not one JSON array");
    }

    @Test
    void bytesThatAreNotUtf8AreRefusedWithOffsetAndLine() {
        byte[] latin1 = "text,label\nok,x\ncaf\u00e9,y\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> SINGLE.read("a.csv", new ByteArrayInputStream(latin1)))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.DATASET_NOT_UTF8))
                .hasMessageContaining("0xE9 at offset 19 (line 3)");
        byte[] cut = {'t', (byte) 0xC3};
        assertThatThrownBy(() -> SINGLE.read("a.jsonl", new ByteArrayInputStream(cut)))
                .hasMessageContaining("0xC3 at offset 1 (line 1)");
    }

    @ParameterizedTest
    @CsvSource({
        "a.csv,'text,label\n\"'",
        "a.tsv,'text\tlabel\n\"'",
        "a.jsonl,'{\"text\":\"'",
        "a.json,'[{\"text\":\"'"
    })
    void anEndlessRowIsRefusedWithoutBeingReadWhole(String name, String start) {
        EndlessStream endless = new EndlessStream(start);
        assertThatThrownBy(() -> SINGLE.read(name, endless))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.DATASET_ROW_TOO_LONG))
                .hasMessageContaining("row 1 ")
                .hasMessageContaining("10000000 bytes");
        assertThat(endless.delivered).isLessThan(10_500_000);
    }

    @Test
    void theLimitOfARowCountsItsTextInBytes() {
        DatasetReader reader =
                new DatasetReader(
                        new DatasetOptions(DatasetColumns.DEFAULT, ProblemType.SINGLE_LABEL, 10));
        assertThat(read(reader, "a.csv", "text,label\nééééé,x\n").examples()).hasSize(1);
        assertThatThrownBy(() -> read(reader, "a.csv", "text,label\na,x\néééééa,x\n"))
                .hasMessageContaining("row 2 (line 3) is longer than 10 bytes");
    }

    @Test
    void aLongRowBelowTheLimitIsRead() {
        String text = "word ".repeat(1_900_000);
        assertThat(single("a.csv", "text,label\n" + text + ",x\n" + text + ",y\n")).hasSize(2);
        assertThat(single("a.jsonl", "{\"label\":1,\"text\":\"" + text + "\"}\n")).hasSize(1);
    }

    @Test
    void damagedGzipIsRefused() {
        byte[] whole = gzip("text,label\n" + "some text,x\n".repeat(1000));
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        assertThatThrownBy(() -> SINGLE.read("a.csv.gz", new ByteArrayInputStream(half)))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.DATASET_FORMAT))
                .hasMessageContaining("a.csv.gz");
        assertThatThrownBy(
                        () ->
                                SINGLE.read(
                                        "a.csv.gz",
                                        new ByteArrayInputStream(
                                                "text,label\n".getBytes(StandardCharsets.UTF_8))))
                .hasMessageContaining("not a gzip file");
    }

    @Test
    void anUnknownExtensionOrAnAbsentFileIsRefused(@TempDir Path folder) {
        assertRefused("a.parquet", "", ErrorCode.DATASET_FORMAT, "a.parquet");
        for (Path path : List.of(folder, folder.resolve("no.csv"))) {
            assertThatThrownBy(() -> SINGLE.read(path))
                    .isInstanceOfSatisfying(
                            InvalidInputException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.DATASET_NOT_FOUND))
                    .hasMessageContaining(path.toString());
        }
    }

    private static List<Example> single(String name, String content) {
        return read(SINGLE, name, content).examples();
    }

    private static List<Example> multi(String name, String content) {
        return read(MULTI, name, content).examples();
    }

    private static Dataset read(DatasetReader reader, String name, String content) {
        byte[] bytes =
                name.endsWith(".gz") ? gzip(content) : content.getBytes(StandardCharsets.UTF_8);
        return reader.read(name, new ByteArrayInputStream(bytes));
    }

    private static void assertRefused(String name, String content, ErrorCode code, String part) {
        assertThatThrownBy(() -> single(name, content))
                .as(content)
                .isInstanceOfSatisfying(
                        InvalidInputException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(part);
    }

    private static byte[] gzip(String content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
            packed.write(content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    /** A beginning, then the letter x for ever. */
    private static final class EndlessStream extends InputStream {

        private final byte[] start;
        private long delivered;

        EndlessStream(String start) {
            this.start = start.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int read() {
            int index = (int) Math.min(delivered, start.length);
            delivered++;
            return index < start.length ? start[index] : 'x';
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            for (int i = 0; i < length; i++) {
                target[offset + i] = (byte) read();
            }
            return length;
        }
    }
}
