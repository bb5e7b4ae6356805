package dev.ortune.bench.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.InvalidInputException;
import org.junit.jupiter.api.Test;

class NumbersTest {

    @Test
    void theLeastIsEnough() {
        assertThat(Numbers.atLeast("--pairs", 1, 1)).isEqualTo(1);
        assertThat(Numbers.atLeast("--pairs", 1, 7)).isEqualTo(7);
    }

    @Test
    void lessIsRefusedByTheOptionsName() {
        assertThatThrownBy(() -> Numbers.atLeast("--pairs", 1, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("--pairs must be at least 1, not 0.");
    }
}
