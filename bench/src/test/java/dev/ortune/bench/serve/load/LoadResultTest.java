package dev.ortune.bench.serve.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LoadResultTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void aRequestCountsByTheShareOfItsTimeWithinTheWindow() {
        LoadResult result =
                result(
                        exchange(0, 4, 200), // half of it
                        exchange(3, 5, 200), // all of it
                        exchange(11, 15, 200), // a quarter
                        exchange(0, 1, 200)); // nothing
        assertThat(result.textsPerSecond()).isCloseTo((0.5 + 1 + 0.25) / 10, within(1e-9));
        assertThat(result.tokensPerSecond()).isCloseTo(70 * 1.75 / 10, within(1e-9));
    }

    @Test
    void latenciesAreOfRequestsThatBeganInTheWindow() {
        LoadResult result = result(exchange(1, 9, 200), exchange(2, 3, 200), exchange(11, 20, 200));
        assertThat(result.latencySeconds()).containsExactlyInAnyOrder(1.0, 9.0);
    }

    @Test
    void failuresAreCountedAndNothingElse() {
        LoadResult result = result(exchange(3, 4, 200), exchange(3, 4, 429), exchange(0, 1, 500));
        assertThat(result.failures()).containsEntry(429, 1L).containsEntry(500, 1L).hasSize(2);
        assertThat(result.latencySeconds()).hasSize(1);
        assertThat(result.textsPerSecond()).isCloseTo(0.1, within(1e-9));
    }

    /** The window is from second 2 to second 12. */
    private static LoadResult result(Exchange... exchanges) {
        return new LoadResult(List.of(exchanges), 2 * SECOND, 12 * SECOND, 1);
    }

    private static Exchange exchange(int start, int end, int status) {
        return new Exchange(start * SECOND, end * SECOND, new Work(status, 1, 70));
    }
}
