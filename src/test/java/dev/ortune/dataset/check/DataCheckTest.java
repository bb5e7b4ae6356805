package dev.ortune.dataset.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.ortune.dataset.DatasetOptions;
import dev.ortune.dataset.DatasetReader;
import dev.ortune.dataset.LabelSet;
import dev.ortune.graph.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataCheckTest {

    @TempDir Path folder;

    @Test
    void cleanRowsGiveNumbersAndNoFinding() {
        StringBuilder rows = new StringBuilder();
        for (int row = 0; row < 40; row++) {
            rows.append("text ").append(row).append(row % 4 == 0 ? ",rare\n" : ",frequent\n");
        }
        DataCheckReport report = check(rows.toString());
        assertThat(report.findings()).isEmpty();
        assertThat(report.usable()).isTrue();
        assertThat(report.training().orElseThrow().labels())
                .containsExactly(new LabelCount("frequent", 30), new LabelCount("rare", 10));
        assertThat(report.training().orElseThrow().source().rows()).isEqualTo(40);
        assertThat(report.validation()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"t.csv", "t.jsonl", "t.json"})
    void everyFaultyRowIsToldAndTheOthersAreLookedAt(String name) {
        String csv = "text,label\nA,x\n ,x\nB,y\nC,\nA,x\n";
        String jsonl =
                """
                {"text": "A", "label": "x"}
                {"text": " ", "label": "x"}
                {"text": "B", "label": "y"}
                {"text": "C", "label": null}
                {"text": "A", "label": "x"}
                """;
        String content =
                switch (name) {
                    case "t.csv" -> csv;
                    case "t.jsonl" -> jsonl;
                    default -> "[" + jsonl.strip().replace("}\n{", "},\n{") + "]";
                };
        DataCheckReport report =
                new DataCheck(reader(), none(), lengths()).check(file(name, content), none());
        assertThat(report.usable()).isFalse();
        assertThat(report.findings())
                .extracting(DataFinding::kind, DataFinding::rows)
                .startsWith(
                        tuple(FindingKind.FAULTY_ROW, List.of(2L)),
                        tuple(FindingKind.FAULTY_ROW, List.of(4L)))
                .contains(tuple(FindingKind.DUPLICATE_ROWS, List.of(5L)));
        assertThat(report.training().orElseThrow().source().rows()).isEqualTo(5);
        assertThat(report.training().orElseThrow().faultyRows()).isEqualTo(2);
    }

    @Test
    void aLineThatIsNoJsonIsOneRowsFault() {
        DataCheckReport report =
                new DataCheck(reader(), none(), none())
                        .check(
                                file(
                                        "t.jsonl",
                                        "{\"text\": \"A\", \"label\": \"x\"}\n{oops\n"
                                                + "{\"text\": \"B\", \"label\": \"y\"}\n"),
                                none());
        assertThat(report.findings().get(0).kind()).isEqualTo(FindingKind.FAULTY_ROW);
        assertThat(report.findings().get(0).rows()).containsExactly(2L);
    }

    @Test
    void ofVeryManyFaultsTheFirstAreToldAndTheRestCounted() {
        DataCheckReport report = check("A,x\n" + ",x\n".repeat(100) + "B,y\n");
        assertThat(report.findings())
                .filteredOn(it -> it.kind() == FindingKind.FAULTY_ROW)
                .hasSize(21);
        assertThat(messages(report)).contains("More rows that cannot be read: 80.");
    }

    @Test
    void rowsThatSayTheSameOrContradictAreTold() {
        DataCheckReport report = check("A b,x\nA  b ,x\nC,x\nC,y\nD,y\n");
        assertThat(kinds(report))
                .contains(FindingKind.DUPLICATE_ROWS, FindingKind.CONFLICTING_LABELS);
        assertThat(rows(report, FindingKind.DUPLICATE_ROWS)).containsExactly(2L);
        assertThat(rows(report, FindingKind.CONFLICTING_LABELS)).containsExactly(4L);
        assertThat(report.training().orElseThrow().duplicateRows()).isEqualTo(1);
        assertThat(report.usable()).isTrue();
    }

    @Test
    void trainingTextsAmongTheValidationRowsAreTold() {
        DataCheckReport report = check("A,x\nB,y\n", Optional.of("C,x\nA,x\nB,x\n"));
        assertThat(rows(report, FindingKind.LEAKED_ROWS)).containsExactly(2L, 3L);
        assertThat(messages(report)).contains("2 of 3 validation texts are training texts too.");
        assertThat(rows(report, FindingKind.UNVALIDATED_LABEL)).isEmpty();
        assertThat(kinds(report)).contains(FindingKind.UNVALIDATED_LABEL);
    }

    @Test
    void aLabelThatOnlyValidationHasIsAnError() {
        DataCheckReport report = check("A,x\nB,y\n", Optional.of("C,z\n"));
        assertThat(kinds(report)).contains(FindingKind.UNKNOWN_LABEL);
        assertThat(report.usable()).isFalse();
        assertThat(report.findings().get(0).severity()).isEqualTo(Severity.ERROR);
    }

    @Test
    void rareLabelsAreTold() {
        StringBuilder rows = new StringBuilder("only one,rare\n");
        for (int row = 0; row < 20; row++) {
            rows.append("text ").append(row).append(",frequent\n");
        }
        DataCheckReport report = check(rows.toString());
        assertThat(kinds(report))
                .containsExactly(FindingKind.FEW_ROWS, FindingKind.IMBALANCED_LABELS);
        assertThat(messages(report)).contains("Labels with fewer than 10 rows: \"rare\" (1).");
    }

    @Test
    void rowsWhoseLabelIsNotAmongThoseGivenAreToldWithTheirNumbers() {
        DataCheckReport report =
                check(given("x", "y"), "A,x\nB,z\nC,y\nD,w\nE,z\n", Optional.of("F,x\nG,v\n"));
        assertThat(report.usable()).isFalse();
        assertThat(report.findings())
                .filteredOn(it -> it.kind() == FindingKind.UNKNOWN_LABEL)
                .extracting(DataFinding::file, DataFinding::message, DataFinding::rows)
                .containsExactly(
                        tuple(
                                "t.csv",
                                "Rows whose label is not one of those given: 3; it is \"w\", \"z\".",
                                List.of(2L, 4L, 5L)),
                        tuple(
                                "v.csv",
                                "Rows whose label is not one of those given: 1; it is \"v\".",
                                List.of(2L)));
        assertThat(messages(report)).contains("No validation row has the labels: \"y\".");
    }

    @Test
    void aGivenLabelWithoutRowsIsAWarning() {
        DataCheckReport report = check(given("z", "x", "y"), "A,x\nB,y\n", Optional.empty());
        assertThat(kinds(report))
                .containsExactly(FindingKind.LABEL_WITHOUT_ROWS, FindingKind.FEW_ROWS);
        assertThat(messages(report))
                .contains("No training row has these of the labels given: \"z\".");
        assertThat(report.usable()).isTrue();
    }

    @Test
    void aGivenLabelThatOnlyValidationHasIsAnErrorToo() {
        DataCheckReport report =
                check(given("x", "y", "z"), "A,x\nB,y\n", Optional.of("C,z\nD,x\nE,y\n"));
        assertThat(report.usable()).isFalse();
        assertThat(messages(report)).contains("No training row has the labels: \"z\".");
    }

    @Test
    void rowsMayHoldTheIndicesOfGivenLabels() {
        DataCheckReport report =
                check(given("neg", "pos"), "A,0\nB,pos\nC,1\nA,neg\n", Optional.of("D,1\nE,0\n"));
        assertThat(report.usable()).isTrue();
        assertThat(report.training().orElseThrow().labels())
                .containsExactly(new LabelCount("neg", 2), new LabelCount("pos", 2));
        assertThat(rows(report, FindingKind.DUPLICATE_ROWS)).containsExactly(4L);
    }

    @Test
    void givenLabelsOfWhichOnlyOneHasRowsAreAnError() {
        DataCheckReport one = check(given("x", "y"), "A,x\nB,z\n", Optional.empty());
        assertThat(messages(one)).contains("Of the labels given, only \"x\" has rows.");
        DataCheckReport none = check(given("x", "y"), "A,w\nB,z\n", Optional.empty());
        assertThat(messages(none)).contains("No row has a label that is given.");
        assertThat(kinds(none)).contains(FindingKind.ONE_LABEL, FindingKind.UNKNOWN_LABEL);
    }

    @Test
    void oneLabelIsAnError() {
        DataCheckReport report = check("A,x\nB,x\n");
        assertThat(kinds(report)).contains(FindingKind.ONE_LABEL);
        assertThat(report.usable()).isFalse();
    }

    @Test
    void lengthsAreMeasuredInTokensBeforeTheCut() {
        DataCheckReport report =
                new DataCheck(reader(), none(), lengths())
                        .check(
                                file(
                                        "t.csv",
                                        "text,label\n"
                                                + "a,x\n".repeat(18)
                                                + "a b c d e f,y\n"
                                                + "a b c d e f g h i j k l m,y\n"),
                                none());
        LengthSummary tokens = report.training().orElseThrow().tokens().orElseThrow();
        assertThat(tokens.shortest()).isEqualTo(1);
        assertThat(tokens.median()).isEqualTo(1);
        assertThat(tokens.p95()).isEqualTo(6);
        assertThat(tokens.longest()).isEqualTo(13);
        assertThat(tokens.truncated()).isEqualTo(2);
        assertThat(tokens.histogram())
                .containsExactly(new LengthSummary.Bucket(8, 19), new LengthSummary.Bucket(16, 1));
        assertThat(messages(report))
                .anyMatch(it -> it.startsWith("2 of 20 texts are longer than 5"));
    }

    @Test
    void aFileThatCannotBeReadIsAFindingToo() throws IOException {
        Path latin = folder.resolve("t.csv");
        Files.write(latin, "text,label\nGr\u00fc\u00dfe,x\n".getBytes(StandardCharsets.ISO_8859_1));
        DataCheckReport report =
                new DataCheck(reader(), none(), none())
                        .check(latin, Optional.of(folder.resolve("missing.csv")));
        assertThat(kinds(report))
                .containsExactly(FindingKind.UNREADABLE_FILE, FindingKind.UNREADABLE_FILE);
        assertThat(messages(report).get(0)).contains("UTF-8");
        assertThat(report.training()).isEmpty();
        assertThat(report.usable()).isFalse();
    }

    private DataCheckReport check(String rows) {
        return check(rows, Optional.empty());
    }

    private DataCheckReport check(String rows, Optional<String> validation) {
        return check(Optional.empty(), rows, validation);
    }

    private DataCheckReport check(
            Optional<LabelSet> labels, String rows, Optional<String> validation) {
        return new DataCheck(reader(), labels, Optional.empty())
                .check(
                        file("t.csv", "text,label\n" + rows),
                        validation.map(it -> file("v.csv", "text,label\n" + it)));
    }

    private static Optional<LabelSet> given(String... labels) {
        return Optional.of(LabelSet.of(List.of(labels)));
    }

    private static <T> Optional<T> none() {
        return Optional.empty();
    }

    private static DatasetReader reader() {
        return new DatasetReader(DatasetOptions.of(ProblemType.SINGLE_LABEL));
    }

    private static Optional<TokenLengths> lengths() {
        return Optional.of(new TokenLengths(text -> text.split(" ").length, 5));
    }

    private Path file(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<FindingKind> kinds(DataCheckReport report) {
        return report.findings().stream().map(DataFinding::kind).toList();
    }

    private static List<String> messages(DataCheckReport report) {
        return report.findings().stream().map(DataFinding::message).toList();
    }

    private static List<Long> rows(DataCheckReport report, FindingKind kind) {
        return report.findings().stream()
                .filter(finding -> finding.kind() == kind)
                .findFirst()
                .orElseThrow()
                .rows();
    }
}
