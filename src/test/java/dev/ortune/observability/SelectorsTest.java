package dev.ortune.observability;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SelectorsTest {

    @Test
    void functionsWordsLabelsRangesAndNumbersAreNoSelectors() {
        assertThat(
                        Selectors.of(
                                "(sum by (job, le) (rate(a_total{b=\"c\", d=~\"e|f\"}[5m])) or 0 * g:h)"
                                        + " / on (job) group_left (x) (max(i) > 0.5) unless on (job) j"))
                .extracting(String::strip)
                .containsExactly("a_total{b=\"c\", d=~\"e|f\"}", "g:h", "i", "j");
    }
}
