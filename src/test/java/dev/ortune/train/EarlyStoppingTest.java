package dev.ortune.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.evaluation.ConfusionMatrix;
import dev.ortune.evaluation.SingleLabelEvaluation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlyStoppingTest {

    @Test
    void aLossThatFallsGoesOn() {
        assertThat(new EarlyStopping(1, 0).isDue(losses(5, 4, 3, 2))).isFalse();
        assertThat(new EarlyStopping(1, 0).isDue(List.of())).isFalse();
    }

    @Test
    void patienceIsCountedInARow() {
        EarlyStopping stopping = new EarlyStopping(2, 0);
        assertThat(stopping.isDue(losses(5, 4, 4.5))).isFalse();
        assertThat(stopping.isDue(losses(5, 4, 4.5, 3.9, 4))).isFalse();
        assertThat(stopping.isDue(losses(5, 4, 4.5, 4))).isTrue();
    }

    @Test
    void aFallOfNoMoreThanTheDeltaIsNone() {
        assertThat(new EarlyStopping(1, 0.5).isDue(losses(5, 4.5))).isTrue();
        assertThat(new EarlyStopping(1, 0.5).isDue(losses(5, 4.4))).isFalse();
        // Small falls add up: the best that counted is the measure.
        assertThat(new EarlyStopping(2, 0.5).isDue(losses(5, 4.8, 4.4))).isFalse();
    }

    @Test
    void aRunEndsWhenItsLossNoLongerFalls(@TempDir Path folder) {
        TinyTask task = TinyTask.on("distilbert-tiny", folder);
        // No loss falls by this much.
        TrainingResult result =
                task.run(
                                1,
                                TinyTask.twoLabels(12),
                                Recipes.standard().epochs(8).earlyStopping(2, 100))
                        .result();
        assertThat(result.epochs()).hasSize(3);
    }

    @Test
    void itNeedsValidationRows(@TempDir Path folder) {
        TinyTask task = TinyTask.on("distilbert-tiny", folder);
        assertThatThrownBy(
                        () ->
                                task.run(
                                        1,
                                        TinyTask.withoutValidation(8),
                                        Recipes.standard().earlyStopping(1, 0)))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION))
                .hasMessageContaining("validation");
    }

    private static List<EpochReport> losses(double... losses) {
        List<EpochReport> reports = new ArrayList<>();
        for (double loss : losses) {
            reports.add(
                    new EpochReport(
                            reports.size() + 1,
                            reports.size() + 1,
                            loss,
                            Optional.of(
                                    new SingleLabelEvaluation(
                                            1,
                                            loss,
                                            1,
                                            1,
                                            OptionalDouble.empty(),
                                            List.of(),
                                            new ConfusionMatrix(new long[][] {{1}}))),
                            Duration.ZERO,
                            1));
        }
        return reports;
    }
}
