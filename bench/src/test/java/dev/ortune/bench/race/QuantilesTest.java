package dev.ortune.bench.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class QuantilesTest {

    @Test
    void theMedianOfAnOddCountIsTheMiddleOne() {
        assertThat(Quantiles.of(List.of(9.0, 1.0, 2.0)).median()).isEqualTo(2);
    }

    @Test
    void theMedianOfAnEvenCountLiesBetweenTheMiddleTwo() {
        assertThat(Quantiles.of(List.of(4.0, 1.0, 9.0, 2.0)).median()).isEqualTo(3);
    }

    @Test
    void quartilesLieOnTheLineBetweenMeasurementsAsInNumPy() {
        Quantiles quantiles = Quantiles.of(List.of(1.0, 2.0, 4.0, 8.0));
        assertThat(quantiles.lowerQuartile()).isCloseTo(1.75, within(1e-12));
        assertThat(quantiles.upperQuartile()).isCloseTo(5, within(1e-12));
    }

    @Test
    void nothingHasNoMedian() {
        assertThatThrownBy(() -> Quantiles.of(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 200)
    void halfOfTheMeasurementsLieOnEitherSideOfTheMedian(
            @ForAll @NotEmpty List<@DoubleRange(min = -1e6, max = 1e6) Double> values) {
        double median = Quantiles.of(values).median();
        assertThat(values.stream().filter(value -> value <= median).count() * 2)
                .isGreaterThanOrEqualTo(values.size());
        assertThat(values.stream().filter(value -> value >= median).count() * 2)
                .isGreaterThanOrEqualTo(values.size());
    }
}
