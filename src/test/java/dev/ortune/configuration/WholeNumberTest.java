package dev.ortune.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeNumberTest {

    private final WholeNumber upToTen = new WholeNumber(-3, 10) {};

    @Property
    void whatIsWithinIsRead(@ForAll @IntRange(min = -3, max = 10) int number) {
        assertThat(upToTen.convert(" " + number + "\t")).isEqualTo(number);
    }

    @Property
    void whatIsBeyondIsRefused(
            @ForAll @IntRange(min = 11) int more,
            @ForAll @IntRange(min = Integer.MIN_VALUE, max = -4) int less) {
        assertRefused(Integer.toString(more));
        assertRefused(Integer.toString(less));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "ten", "1.5", "0x3", "1 2", "99999999999"})
    void whatIsNoWholeNumberIsRefused(String value) {
        assertRefused(value);
    }

    @Test
    void positiveNumbersHaveNoEnd() {
        assertThat(new PositiveNumber().convert("2147483647")).isEqualTo(Integer.MAX_VALUE);
        assertThatThrownBy(() -> new PositiveNumber().convert("0"))
                .hasMessage("It must be a whole number of at least 1");
    }

    private void assertRefused(String value) {
        assertThatThrownBy(() -> upToTen.convert(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("It must be a whole number from -3 to 10");
    }
}
