package dev.ortune.bench.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ortune.bench.TrainingWork;
import dev.ortune.graph.EncoderConfig;
import dev.ortune.graph.op.Activation;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RaceResultTest {

    private static final Offset<Double> ROUNDING = within(1e-9);
    private static final TrainingWork WORK =
            new TrainingWork(
                    new EncoderConfig(2, 3, 1, 3, 10, 8, 0, 1e-12, 0, 0, 0, 0.02, Activation.GELU));

    @Test
    void theSpeedUpIsTheMedianOfThePairsAndNotTheRatioOfTheTotals() {
        RaceResult result = result(pair(1, 2), pair(1, 3), pair(1, 100));
        assertThat(result.ratios().median()).isEqualTo(3);
    }

    @Test
    void tokensPerSecondCountNoPadding() {
        RaceResult result = result(pair(1, 2), pair(3, 6));
        // Two batches of 4 + 6 tokens, padded to 12 each.
        assertThat(result.oursTokensPerSecond()).isCloseTo(20 / 4.0, ROUNDING);
        assertThat(result.theirsTokensPerSecond()).isCloseTo(20 / 8.0, ROUNDING);
        assertThat(result.paddingShare()).isCloseTo(4 / 24.0, ROUNDING);
    }

    @Test
    void sharesAreOfTheMatrixRateOverOursTime() {
        RaceResult result = result(pair(0.5, 1));
        double flop = WORK.flop(List.of(4, 6));
        assertThat(result.sgemmShare(WORK)).isCloseTo(flop / 0.5 / 2e9, ROUNDING);
        assertThat(result.linearShare(WORK))
                .isCloseTo(10 * WORK.flopPerToken() / 0.5 / 2e9, ROUNDING);
    }

    private static Pair pair(double oursSeconds, double theirsSeconds) {
        return new Pair(
                new RaceBatch(Reviews.ofLengths(List.of(4, 6))),
                new Reply.Stepped(oursSeconds, 0.7, OptionalDouble.of(2)),
                new Reply.Stepped(theirsSeconds, 0.7, OptionalDouble.of(2)));
    }

    private static RaceResult result(Pair... pairs) {
        return new RaceResult(
                RaceCase.ALL.get(0),
                false,
                2,
                List.of(pairs),
                new Reply.Finished(OptionalLong.empty()),
                new Reply.Finished(OptionalLong.empty()),
                Map.of());
    }
}
