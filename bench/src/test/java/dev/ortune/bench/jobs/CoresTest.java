package dev.ortune.bench.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CoresTest {

    @Test
    void theSystemsRangesAreRead() {
        assertThat(Cores.of("0-2,5,8-9").numbers()).containsExactly(0, 1, 2, 5, 8, 9);
    }

    @Test
    void aProgramIsGivenOneOfThem() {
        assertThat(Cores.of("4-5").one(1)).containsExactly("taskset", "-c", "5");
    }

    @Test
    void whereThereIsNoneItMayHaveAny() {
        assertThat(Cores.of("4").one(1)).isEmpty();
        assertThat(new Cores(List.of()).one(0)).isEmpty();
    }
}
