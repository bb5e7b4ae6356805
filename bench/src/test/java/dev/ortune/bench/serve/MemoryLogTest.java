package dev.ortune.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MemoryLogTest {

    @Test
    void whatTheFirstTenthGrowsDoesNotCount() {
        List<Long> seconds =
                LongStream.range(0, 100).mapToObj(second -> Math.min(second, 10) * 100).toList();
        assertThat(new MemoryLog(seconds).growth()).isZero();
    }

    @Test
    void growthIsAShareOfTheSecondTenth() {
        List<Long> seconds = LongStream.range(0, 100).mapToObj(second -> 1000 + second).toList();
        // Medians 1014.5 and 1094.5.
        assertThat(new MemoryLog(seconds).growth()).isCloseTo(80 / 1014.5, within(1e-12));
    }

    @Test
    void tooShortALogTellsNothing() {
        assertThatThrownBy(() -> new MemoryLog(Collections.nCopies(9, 1L)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
