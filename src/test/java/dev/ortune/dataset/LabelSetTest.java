package dev.ortune.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.graph.ProblemType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LabelSetTest {

    @Test
    void numericLabelsSortByValueAndNamesByLetter() {
        assertThat(LabelSet.fromTraining(dataset("t.csv", "10", "9", "-1", "2.5")).names())
                .containsExactly("-1", "2.5", "9", "10");
        assertThat(LabelSet.fromTraining(dataset("t.csv", "10", "9", "b", "a")).names())
                .containsExactly("10", "9", "a", "b");
    }

    @Test
    void labelsOfATrainingSetAreNotIndices() {
        LabelSet labels = LabelSet.fromTraining(dataset("t.csv", "3", "7"));
        assertThat(labels.indexOf("7")).hasValue(1);
        assertThat(labels.indexOf("0")).isEmpty();
    }

    @Test
    void givenNamesAreFoundByNameAndByIndex() {
        LabelSet labels = LabelSet.of(List.of("negative", "positive"));
        assertThat(labels.indexOf("positive")).hasValue(1);
        assertThat(labels.indexOf("1")).hasValue(1);
        assertThat(labels.indexOf("2")).isEmpty();
    }

    @Test
    void givenNumbersAreNamesAndNotIndices() {
        LabelSet labels = LabelSet.of(List.of("1", "2"));
        assertThat(labels.indexOf("1")).hasValue(0);
        assertThat(labels.indexOf("0")).isEmpty();
    }

    @Test
    void aTrainingSetOfOneLabelIsRefused() {
        assertRefused(
                () -> LabelSet.fromTraining(dataset("t.csv", "a", "a")),
                ErrorCode.DATASET_ONE_LABEL,
                "t.csv has only the label \"a\" in its 2 rows");
        LabelSet labels = LabelSet.of(List.of("a", "b"));
        assertRefused(
                () -> singleLabel(dataset("t.csv", "0", "a"), Optional.empty(), labels),
                ErrorCode.DATASET_ONE_LABEL,
                "only the label \"a\"");
    }

    @Test
    void moreThanAThousandLabelsAreRefusedWithTheRow() {
        String[] many = IntStream.range(0, 1001).mapToObj(i -> "l" + i).toArray(String[]::new);
        assertThat(LabelSet.fromTraining(dataset("t.csv", Arrays.copyOf(many, 1000))).size())
                .isEqualTo(1000);
        assertRefused(
                () -> LabelSet.fromTraining(dataset("t.csv", many)),
                ErrorCode.DATASET_INVALID_ROW,
                "t.csv, row 1001");
        assertRefused(
                () -> LabelSet.of(List.of(many)), ErrorCode.INVALID_OPTION, "1001 label names");
    }

    @Test
    void namesThatAreBlankRepeatedOrTooFewAreRefused() {
        ErrorCode code = ErrorCode.INVALID_OPTION;
        assertRefused(() -> LabelSet.of(List.of("a")), code, "1 label names");
        assertRefused(() -> LabelSet.of(List.of("a", " ")), code, "blank");
        assertRefused(() -> LabelSet.of(List.of("a", "a ")), code, "\"a\" is given twice");
    }

    @Test
    void aValidationLabelUnseenInTrainingIsRefusedWithItsRow() {
        Dataset training = dataset("t.csv", "a", "b");
        Dataset validation = dataset("v.csv", "a", "c");
        assertRefused(
                () -> TrainingData.of(training, Optional.of(validation), ProblemType.SINGLE_LABEL),
                ErrorCode.DATASET_UNKNOWN_LABEL,
                "v.csv, row 2: the label \"c\" is not one of a, b");
        LabelSet labels = LabelSet.of(List.of("a", "b", "c"));
        assertRefused(
                () -> singleLabel(training, Optional.of(validation), labels),
                ErrorCode.DATASET_UNKNOWN_LABEL,
                "v.csv, row 2: no training row has the label \"c\"");
    }

    @Test
    void multiLabelRowsBecomeFlags() {
        Dataset training =
                new Dataset(
                        List.of(
                                new Example("one", List.of("c", "a")),
                                new Example("two", List.of()),
                                new Example("three", List.of("b"))),
                        new DatasetSource("t.jsonl", "", 3));
        TrainingData data = TrainingData.of(training, Optional.empty(), ProblemType.MULTI_LABEL);
        assertThat(data.training().examples())
                .extracting(example -> ((MultiLabelTarget) example.target()).flags())
                .containsExactly(
                        new boolean[] {true, false, true},
                        new boolean[] {false, false, false},
                        new boolean[] {false, true, false});
    }

    @Test
    void theBundledReviewsAreBalancedAndNamed() {
        TrainingData data = new BundledReviews().trainingData();
        assertThat(data.labels().names()).containsExactly("negative", "positive");
        for (LabelledDataset half : List.of(data.training(), data.validation().orElseThrow())) {
            assertThat(half.examples()).hasSize(1000);
            assertThat(half.source().rows()).isEqualTo(1000);
            assertThat(half.examples())
                    .filteredOn(e -> e.target().equals(new SingleLabelTarget(1)))
                    .hasSizeBetween(450, 550);
        }
        assertThat(data.training().examples().get(0).text()).startsWith("The plot for Descent");
        assertThat(data.training().examples().get(0).target()).isEqualTo(new SingleLabelTarget(0));
    }

    private static TrainingData singleLabel(
            Dataset training, Optional<Dataset> validation, LabelSet labels) {
        return TrainingData.of(training, validation, labels, ProblemType.SINGLE_LABEL);
    }

    private static Dataset dataset(String file, String... labels) {
        return new Dataset(
                Arrays.stream(labels).map(label -> new Example("text", List.of(label))).toList(),
                new DatasetSource(file, "", labels.length));
    }

    private static void assertRefused(ThrowingCallable call, ErrorCode code, String part) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidInputException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(part);
    }
}
