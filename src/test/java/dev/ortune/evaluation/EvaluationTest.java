package dev.ortune.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.ortune.dataset.LabelSet;
import dev.ortune.dataset.MultiLabelTarget;
import dev.ortune.dataset.SingleLabelTarget;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.graph.ProblemType;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    private static final Offset<Double> EXACT = within(1e-15);
    private static final LabelSet LABELS = LabelSet.of(List.of("ant", "bee", "cat"));

    /** Right labels 0 0 1 1 2, answers 0 1 1 1 0: label 2 is never answered. */
    private static SingleLabelEvaluation singleLabel() {
        EvaluationAccumulator accumulator =
                EvaluationAccumulator.of(LABELS, ProblemType.SINGLE_LABEL);
        int[][] rightAndAnswer = {{0, 0}, {0, 1}, {1, 1}, {1, 1}, {2, 0}};
        for (int[] pair : rightAndAnswer) {
            accumulator.add(oneHot(pair[1]), new SingleLabelTarget(pair[0]));
        }
        return (SingleLabelEvaluation) accumulator.evaluation(0.25);
    }

    /** Wanted 110, 011, 000, 100 against answers 100, 111, 000, 010. */
    private static MultiLabelEvaluation multiLabel() {
        EvaluationAccumulator accumulator =
                EvaluationAccumulator.of(LABELS, ProblemType.MULTI_LABEL);
        accumulator.add(new float[] {1, -1, -1}, new MultiLabelTarget(List.of(0, 1), 3));
        accumulator.add(new float[] {0, 2, 3}, new MultiLabelTarget(List.of(1, 2), 3));
        accumulator.add(new float[] {-1, -1, -1e-9f}, new MultiLabelTarget(List.of(), 3));
        accumulator.add(new float[] {-1, 5, -1}, new MultiLabelTarget(List.of(0), 3));
        return (MultiLabelEvaluation) accumulator.evaluation(0.5);
    }

    @Test
    void singleLabelMetricsAreThoseOfTheHandMadeTable() {
        SingleLabelEvaluation evaluation = singleLabel();
        assertThat(evaluation.examples()).isEqualTo(5);
        assertThat(evaluation.loss()).isEqualTo(0.25);
        assertThat(evaluation.accuracy()).isCloseTo(3 / 5.0, EXACT);
        assertThat(evaluation.confusionMatrix())
                .isEqualTo(new ConfusionMatrix(new long[][] {{1, 1, 0}, {0, 2, 0}, {1, 0, 0}}));
        assertThat(evaluation.labels())
                .containsExactly(
                        new LabelMetrics("ant", 1 / 2.0, 1 / 2.0, 1 / 2.0, 2, 1, 1, 1),
                        new LabelMetrics("bee", 2 / 3.0, 1, 4 / 5.0, 2, 2, 1, 0),
                        new LabelMetrics("cat", 0, 0, 0, 1, 0, 0, 1));
        assertThat(evaluation.macroF1()).isCloseTo((0.5 + 0.8 + 0) / 3, EXACT);
    }

    @Test
    void theCalibrationErrorIsTheGapBetweenConfidenceAndTruth() {
        LabelSet two = LabelSet.of(List.of("no", "yes"));
        EvaluationAccumulator accumulator = EvaluationAccumulator.of(two, ProblemType.SINGLE_LABEL);
        // Four answers of confidence 0.9, three of them right; two of 0.6, one of them right.
        float nine = (float) Math.log(0.9 / 0.1);
        float six = (float) Math.log(0.6 / 0.4);
        for (int answer = 0; answer < 4; answer++) {
            accumulator.add(new float[] {0, nine}, new SingleLabelTarget(answer == 0 ? 0 : 1));
        }
        accumulator.add(new float[] {six, 0}, new SingleLabelTarget(0));
        accumulator.add(new float[] {six, 0}, new SingleLabelTarget(1));
        double expected = 4 / 6.0 * (0.9 - 0.75) + 2 / 6.0 * (0.6 - 0.5);
        assertThat(accumulator.evaluation(0).calibrationError().orElseThrow())
                .isCloseTo(expected, within(1e-7));
    }

    @Test
    void theCalibrationOfSeveralLabelsIsThatOfEachLabelOfEachText() {
        EvaluationAccumulator accumulator =
                EvaluationAccumulator.of(LABELS, ProblemType.MULTI_LABEL);
        float eight = (float) Math.log(0.8 / 0.2);
        accumulator.add(new float[] {eight, -eight, eight}, new MultiLabelTarget(List.of(0), 3));
        // Bin of 0.8: one of two is there; bin of 0.2: none of one.
        assertThat(accumulator.evaluation(0).calibrationError().orElseThrow())
                .isCloseTo((2 * 0.3 + 0.2) / 3, within(1e-7));
    }

    @Property
    void theCalibrationErrorIsAShare(
            @ForAll @Size(min = 1, max = 50) List<@IntRange(min = -40, max = 40) Integer> logits) {
        LabelSet two = LabelSet.of(List.of("no", "yes"));
        EvaluationAccumulator accumulator = EvaluationAccumulator.of(two, ProblemType.SINGLE_LABEL);
        for (int logit : logits) {
            accumulator.add(new float[] {0, logit}, new SingleLabelTarget(Math.floorMod(logit, 2)));
        }
        assertThat(accumulator.evaluation(0).calibrationError().orElseThrow()).isBetween(0.0, 1.0);
    }

    @Test
    void multiLabelMetricsAreThoseOfTheHandMadeTable() {
        MultiLabelEvaluation evaluation = multiLabel();
        assertThat(evaluation.accuracy()).isEqualTo(1 / 4.0);
        assertThat(evaluation.labels())
                .containsExactly(
                        new LabelMetrics("ant", 1 / 2.0, 1 / 2.0, 1 / 2.0, 2, 1, 1, 1),
                        new LabelMetrics("bee", 1 / 2.0, 1 / 2.0, 1 / 2.0, 2, 1, 1, 1),
                        new LabelMetrics("cat", 1, 1, 1, 1, 1, 0, 0));
        assertThat(evaluation.microF1()).isCloseTo(2 * 3 / (2 * 3 + 2 + 2.0), EXACT);
        assertThat(evaluation.macroF1()).isCloseTo((0.5 + 0.5 + 1) / 3, EXACT);
    }

    @Test
    void equalLogitsAnswerWithTheFirstLabel() {
        EvaluationAccumulator accumulator =
                EvaluationAccumulator.of(LABELS, ProblemType.SINGLE_LABEL);
        accumulator.add(new float[] {1, 2, 2}, new SingleLabelTarget(1));
        assertThat(accumulator.evaluation(0).accuracy()).isEqualTo(1);
    }

    @Test
    void noExamplesGiveZeroesInsteadOfNaN() {
        for (ProblemType problemType : ProblemType.values()) {
            Evaluation evaluation = EvaluationAccumulator.of(LABELS, problemType).evaluation(0);
            assertThat(evaluation.accuracy()).isZero();
            assertThat(evaluation.macroF1()).isZero();
        }
    }

    @Test
    void aLogitThatIsNotFiniteIsRefusedWithItsExample() {
        EvaluationAccumulator accumulator =
                EvaluationAccumulator.of(LABELS, ProblemType.SINGLE_LABEL);
        accumulator.add(oneHot(0), new SingleLabelTarget(0));
        assertThatThrownBy(
                        () ->
                                accumulator.add(
                                        new float[] {0, Float.NaN, 0}, new SingleLabelTarget(0)))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.LOSS_NOT_FINITE))
                .hasMessageContaining("example 2");
    }

    @Test
    void aTargetOfTheOtherProblemTypeIsAFault() {
        EvaluationAccumulator accumulator =
                EvaluationAccumulator.of(LABELS, ProblemType.MULTI_LABEL);
        assertThatThrownBy(() -> accumulator.add(oneHot(0), new SingleLabelTarget(0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void evaluationsSurviveJson() throws JsonProcessingException {
        JsonMapper mapper = JsonMapper.builder().addModule(new Jdk8Module()).build();
        for (Evaluation evaluation : List.of(singleLabel(), multiLabel())) {
            String json = mapper.writeValueAsString(evaluation);
            assertThat(mapper.readValue(json, Evaluation.class)).isEqualTo(evaluation);
        }
        assertThat(mapper.writeValueAsString(singleLabel()))
                .contains("\"problemType\":\"single_label\"")
                .contains("\"confusionMatrix\":[[1,1,0],[0,2,0],[1,0,0]]");
    }

    @Test
    void anEvaluationOfAnEarlierVersionIsReadAndWrittenAsItWas() throws JsonProcessingException {
        JsonMapper mapper = JsonMapper.builder().addModule(new Jdk8Module()).build();
        String json =
                "{\"problemType\":\"single_label\",\"examples\":1,\"loss\":0.5,\"accuracy\":1.0,"
                        + "\"macroF1\":1.0,\"labels\":[],\"confusionMatrix\":[[1]]}";
        Evaluation evaluation = mapper.readValue(json, Evaluation.class);
        assertThat(evaluation.calibrationError()).isEmpty();
        assertThat(mapper.writeValueAsString(evaluation)).isEqualTo(json);
    }

    @Property
    void theConfusionMatrixAccountsForEveryExample(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 8) Integer> pairs) {
        EvaluationAccumulator accumulator =
                EvaluationAccumulator.of(LABELS, ProblemType.SINGLE_LABEL);
        for (int pair : pairs) {
            accumulator.add(oneHot(pair / 3), new SingleLabelTarget(pair % 3));
        }
        SingleLabelEvaluation evaluation = (SingleLabelEvaluation) accumulator.evaluation(1);
        long[][] counts = evaluation.confusionMatrix().counts();
        assertThat(Arrays.stream(counts).flatMapToLong(Arrays::stream).sum())
                .isEqualTo(pairs.size());
        for (int label = 0; label < 3; label++) {
            LabelMetrics metrics = evaluation.labels().get(label);
            assertThat(Arrays.stream(counts[label]).sum()).isEqualTo(metrics.support());
            assertThat(counts[label][label]).isEqualTo(metrics.truePositives());
            double sum = metrics.precision() + metrics.recall();
            assertThat(metrics.f1())
                    .isCloseTo(
                            sum == 0 ? 0 : 2 * metrics.precision() * metrics.recall() / sum,
                            within(1e-12));
        }
        long right = pairs.stream().filter(pair -> pair / 3 == pair % 3).count();
        assertThat(evaluation.accuracy()).isCloseTo((double) right / pairs.size(), EXACT);
        assertThat(evaluation.macroF1()).isBetween(0.0, 1.0);
    }

    private static float[] oneHot(int answer) {
        float[] logits = {-1, -1, -1};
        logits[answer] = 2;
        return logits;
    }
}
