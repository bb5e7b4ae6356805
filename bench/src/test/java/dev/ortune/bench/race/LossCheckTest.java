package dev.ortune.bench.race;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.InvalidInputException;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossCheckTest {

    @ParameterizedTest
    @CsvSource({"0.6931, 0.6940", "0, 0.0009", "30, 30.02"})
    void roundingIsAllowed(double ours, double theirs) {
        assertThatCode(() -> check(ours, theirs)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"0.6931, 0.6950", "0, 0.002", "30, 30.04", "NaN, 1", "1, NaN", "NaN, NaN"})
    void anotherLossIsRefused(double ours, double theirs) {
        assertThatThrownBy(() -> check(ours, theirs)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void theErrorNamesTheStepAndBothLosses() {
        assertThatThrownBy(() -> check(0.25, 0.75))
                .hasMessageContaining("imdb-4")
                .hasMessageContaining("step 7")
                .hasMessageContaining("0.250000")
                .hasMessageContaining("0.750000");
    }

    private static void check(double ours, double theirs) {
        LossCheck.require(
                RaceCase.ALL.get(0),
                7,
                new Pair(
                        new RaceBatch(Reviews.ofLengths(List.of(4))),
                        new Reply.Stepped(1, ours, OptionalDouble.of(2)),
                        new Reply.Stepped(1, theirs, OptionalDouble.of(2))));
    }
}
