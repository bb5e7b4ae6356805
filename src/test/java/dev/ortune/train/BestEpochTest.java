package dev.ortune.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.checkpoint.TensorShape;
import dev.ortune.evaluation.ConfusionMatrix;
import dev.ortune.evaluation.Evaluation;
import dev.ortune.evaluation.SingleLabelEvaluation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class BestEpochTest {

    private final BestEpoch best = new BestEpoch(Optional.empty());

    @Test
    void theHighestAccuracyWins() {
        offer(1, 0.5, 0.1);
        offer(2, 0.8, 0.9);
        offer(3, 0.7, 0.05);
        assertKept(2);
    }

    @Test
    void amongEqualAccuraciesTheLowestLossWins() {
        offer(1, 0.8, 0.5);
        offer(2, 0.8, 0.4);
        offer(3, 0.8, 0.6);
        assertKept(2);
    }

    @Test
    void amongEqualsTheFirstStays() {
        offer(1, 0.8, 0.5);
        offer(2, 0.8, 0.5);
        assertKept(1);
    }

    @Test
    void withoutEvaluationTheLastIsKept() {
        for (int epoch = 1; epoch <= 3; epoch++) {
            best.offer(epoch, Optional.empty(), parametersOf(epoch));
        }
        assertKept(3);
    }

    @Test
    void parametersOfAWorseEpochAreNotFetched() {
        offer(1, 0.8, 0.5);
        best.offer(
                2,
                Optional.of(evaluation(0.7, 0.5)),
                () -> {
                    throw new AssertionError("fetched");
                });
        assertKept(1);
    }

    private void offer(int epoch, double accuracy, double loss) {
        best.offer(epoch, Optional.of(evaluation(accuracy, loss)), parametersOf(epoch));
    }

    private void assertKept(int epoch) {
        assertThat(best.kept().orElseThrow().epoch()).isEqualTo(epoch);
        assertThat(best.kept().orElseThrow().parameters().get(0).values()).containsExactly(epoch);
    }

    private static Supplier<List<FloatTensor>> parametersOf(int epoch) {
        return () -> List.of(new FloatTensor("p", TensorShape.of(1), new float[] {epoch}));
    }

    private static Evaluation evaluation(double accuracy, double loss) {
        return new SingleLabelEvaluation(
                10,
                loss,
                accuracy,
                accuracy,
                OptionalDouble.empty(),
                List.of(),
                new ConfusionMatrix(new long[][] {{0}}));
    }
}
