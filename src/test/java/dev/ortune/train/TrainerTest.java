package dev.ortune.train;

import static dev.ortune.golden.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.dataset.TrainingData;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {

    private static final int THREADS = 2;

    /** Adam moves even a value whose gradient is but rounding by the whole learning rate. */
    private static final double LIKE_ADAM_ROUNDS = 1e-3;

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"distilbert-tiny", "bert-tiny", "bert-tiny-no-pooler"})
    void aWordThatDecidesTheLabelIsLearned(String base) {
        TinyTask.Outcome outcome =
                TinyTask.on(base, folder)
                        .run(
                                THREADS,
                                TinyTask.twoLabels(240),
                                Recipes.standard().epochs(10).learningRate(5e-3));
        assertThat(outcome.lastAccuracy()).isEqualTo(1.0);
        assertThat(outcome.result().best().evaluation().orElseThrow().macroF1()).isEqualTo(1.0);
        assertThat(outcome.steps().get(outcome.steps().size() - 1).loss())
                .isLessThan(0.1 * outcome.steps().get(0).loss());
    }

    @Test
    void severalLabelsPerTextAreLearned() {
        TinyTask.Outcome outcome =
                TinyTask.on("distilbert-tiny", folder)
                        .run(
                                THREADS,
                                TinyTask.severalLabels(320),
                                Recipes.standard().epochs(12).learningRate(5e-3));
        double first = outcome.result().epochs().get(0).evaluation().orElseThrow().macroF1();
        double best = outcome.result().best().evaluation().orElseThrow().macroF1();
        assertThat(best).isGreaterThan(0.95).isGreaterThan(first);
    }

    @Test
    void theSameSeedAndThreadsGiveTheSameNumbersWithEveryDropoutOn() throws IOException {
        TinyTask task = TinyTask.withModelDropout(0.2, folder);
        TrainingData data = TinyTask.twoLabels(32);
        Recipes recipes = Recipes.standard().epochs(2).withDropout().seed(3);
        TinyTask.Outcome first = task.run(THREADS, data, recipes, 0.3);
        TinyTask.Outcome second = task.run(THREADS, data, recipes, 0.3);
        assertThat(first.losses()).isEqualTo(second.losses());
        assertThat(first.result().parameters()).isEqualTo(second.result().parameters());
        assertThat(first.result().epochs().stream().map(EpochReport::evaluation).toList())
                .isEqualTo(second.result().epochs().stream().map(EpochReport::evaluation).toList());
    }

    @Test
    void anotherSeedGivesAnotherRun() {
        TinyTask task = TinyTask.on("distilbert-tiny", folder);
        TrainingData data = TinyTask.twoLabels(16);
        TinyTask.Outcome first = task.run(THREADS, data, Recipes.standard().epochs(1).seed(1));
        TinyTask.Outcome second = task.run(THREADS, data, Recipes.standard().epochs(1).seed(2));
        assertThat(first.start()).isNotEqualTo(second.start());
        assertThat(first.losses()).isNotEqualTo(second.losses());
    }

    @Test
    void dropoutChangesTheNumbersAndNoDropoutDoesNot() throws IOException {
        TinyTask task = TinyTask.withModelDropout(0.2, folder);
        TrainingData data = TinyTask.twoLabels(16);
        Recipes recipes = Recipes.standard().epochs(1);
        List<Double> without = task.run(THREADS, data, recipes, 0.3).losses();
        assertThat(task.run(THREADS, data, recipes, 0).losses()).isEqualTo(without);
        List<Double> with =
                task.run(THREADS, data, Recipes.standard().epochs(1).withDropout(), 0.3).losses();
        assertThat(with).isNotEqualTo(without);
    }

    @Test
    void maxStepsEndsTheRunAndItsScheduleEarly() {
        TinyTask.Outcome outcome =
                TinyTask.on("distilbert-tiny", folder)
                        .run(
                                THREADS,
                                TinyTask.twoLabels(32),
                                Recipes.standard().epochs(5).maxSteps(11));
        assertThat(outcome.steps()).hasSize(11);
        assertThat(outcome.steps()).allSatisfy(s -> assertThat(s.totalSteps()).isEqualTo(11));
        assertThat(outcome.steps().get(10).learningRate()).isEqualTo(1e-2 / 11);
        assertThat(outcome.result().epochs()).hasSize(2);
        assertThat(outcome.result().epochs().get(1).steps()).isEqualTo(11);
    }

    @Test
    void moreMaxStepsThanTheEpochsHaveChangeNothing() {
        TinyTask.Outcome outcome =
                TinyTask.on("distilbert-tiny", folder)
                        .run(
                                THREADS,
                                TinyTask.twoLabels(16),
                                Recipes.standard().epochs(1).maxSteps(1000));
        assertThat(outcome.steps()).hasSize(4);
        assertThat(outcome.steps().get(0).totalSteps()).isEqualTo(4);
    }

    @Test
    void accumulatedBatchesEqualOneLargeBatch() {
        TinyTask task = TinyTask.on("distilbert-tiny", folder);
        TrainingData data = TinyTask.withoutValidation(24);
        Recipes large = Recipes.standard().inFileOrder().batchSize(8);
        Recipes small = Recipes.standard().inFileOrder().batchSize(2).accumulation(4);
        TinyTask.Outcome whole = task.run(1, data, large);
        TinyTask.Outcome parts = task.run(1, data, small);
        assertThat(parts.steps()).hasSameSizeAs(whole.steps());
        for (int i = 0; i < whole.result().parameters().size(); i++) {
            FloatTensor expected = whole.result().parameters().get(i);
            assertClose(
                    expected.name(),
                    parts.result().parameters().get(i).values(),
                    expected.values(),
                    LIKE_ADAM_ROUNDS);
        }
    }

    @Test
    void everyStepTellsItsGradientNormWhetherOrNotItIsClipped() {
        TinyTask task = TinyTask.on("distilbert-tiny", folder);
        TrainingData data = TinyTask.withoutValidation(24);
        TinyTask.Outcome clipped = task.run(1, data, Recipes.standard());
        TinyTask.Outcome unclipped = task.run(1, data, Recipes.standard().unclipped());
        assertThat(clipped.steps())
                .allSatisfy(step -> assertThat(step.gradientNorm()).isPositive().isFinite());
        assertThat(unclipped.steps())
                .allSatisfy(step -> assertThat(step.gradientNorm()).isPositive().isFinite());
        assertThat(unclipped.steps().get(0).gradientNorm())
                .isEqualTo(clipped.steps().get(0).gradientNorm());
    }

    @Test
    void aStepAtTheEndOfAnEpochMayHaveFewerBatches() {
        TinyTask.Outcome outcome =
                TinyTask.on("distilbert-tiny", folder)
                        .run(
                                1,
                                TinyTask.withoutValidation(20),
                                Recipes.standard().epochs(2).accumulation(3));
        assertThat(outcome.steps()).hasSize(4);
    }

    @Test
    void hugeBatchesAndAccumulationsAreOneStepPerEpoch() {
        TinyTask.Outcome outcome =
                TinyTask.on("distilbert-tiny", folder)
                        .run(
                                1,
                                TinyTask.withoutValidation(10),
                                Recipes.standard()
                                        .epochs(2)
                                        .batchSize(Integer.MAX_VALUE)
                                        .accumulation(Integer.MAX_VALUE));
        assertThat(outcome.steps()).hasSize(2);
    }

    @Test
    void withoutValidationTheLastEpochIsKept() {
        TinyTask.Outcome outcome =
                TinyTask.on("distilbert-tiny", folder)
                        .run(1, TinyTask.withoutValidation(16), Recipes.standard().epochs(3));
        assertThat(outcome.result().bestEpoch()).isEqualTo(3);
        assertThat(outcome.result().epochs())
                .allSatisfy(report -> assertThat(report.evaluation()).isEmpty());
    }

    @Test
    void aLossThatExplodesStopsTheRunAndNamesTheStep() {
        TinyTask task = TinyTask.on("distilbert-tiny", folder);
        Recipes exploding =
                Recipes.standard().learningRate(1e30).unclipped().schedule(Schedule.CONSTANT);
        assertThatThrownBy(() -> task.run(1, TinyTask.twoLabels(32), exploding))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.LOSS_NOT_FINITE);
                            assertThat(e.remedy()).contains("--learning-rate");
                        })
                .hasMessageMatching("The training loss became (NaN|Infinity) at step 2\\.");
    }

    @Test
    void aLastStepThatExplodesDoesNotEndInAnAdapter() {
        TinyTask task = TinyTask.on("distilbert-tiny", folder);
        Recipes exploding = Recipes.standard().learningRate(1e38).unclipped().maxSteps(1);
        assertThatThrownBy(() -> task.run(1, TinyTask.twoLabels(32), exploding))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.LOSS_NOT_FINITE))
                .hasMessageContaining("step 1");
    }
}
