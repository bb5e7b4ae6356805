package dev.ortune.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearningRateScheduleTest {

    private static final double EXACT = 1e-15;

    @ParameterizedTest
    @CsvSource({"0, 1.0", "1, 0.9", "5, 0.5", "9, 0.1", "10, 0", "11, 0"})
    void withoutWarmupTheLinearRateStartsAtThePeakAndWouldBeZeroAfterTheLastStep(
            int step, double rate) {
        LearningRateSchedule schedule = new LearningRateSchedule(Schedule.LINEAR, 1, 0, 10);
        assertThat(schedule.rate(step)).isCloseTo(rate, within(EXACT));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 5e-4", "2, 1e-3", "3, 8.75e-4", "6, 5e-4", "9, 1.25e-4"})
    void withWarmupTheLinearRateRisesThenFalls(int step, double rate) {
        LearningRateSchedule schedule = new LearningRateSchedule(Schedule.LINEAR, 1e-3, 2, 10);
        assertThat(schedule.rate(step)).isCloseTo(rate, within(EXACT));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0.25", "3, 0.75", "4, 1", "9, 1"})
    void theConstantRateStaysAtThePeakAfterItsWarmup(int step, double rate) {
        LearningRateSchedule schedule = new LearningRateSchedule(Schedule.CONSTANT, 1, 4, 10);
        assertThat(schedule.rate(step)).isCloseTo(rate, within(EXACT));
    }

    @ParameterizedTest
    @CsvSource({"10, 0, 0", "10, 0.1, 1", "10, 0.11, 2", "7, 0.5, 4", "250, 0.06, 15", "3, 1, 3"})
    void theWarmupIsRoundedUpToWholeSteps(int totalSteps, double ratio, int warmupSteps) {
        TrainingRecipe recipe = Recipes.standard().warmupRatio(ratio).recipe();
        assertThat(LearningRateSchedule.of(recipe, totalSteps).warmupSteps())
                .isEqualTo(warmupSteps);
    }

    @Test
    void aWarmupOfTheWholeRunNeverReachesThePeak() {
        TrainingRecipe recipe = Recipes.standard().learningRate(1).warmupRatio(1).recipe();
        LearningRateSchedule schedule = LearningRateSchedule.of(recipe, 4);
        assertThat(schedule.rate(3)).isCloseTo(0.75, within(EXACT));
    }
}
