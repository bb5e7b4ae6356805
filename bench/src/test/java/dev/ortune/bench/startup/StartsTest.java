package dev.ortune.bench.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StartsTest {

    @Test
    void anotherSidesStartsAreComparedRoundByRound() {
        // The machine becomes three times slower after the first round.
        Starts quick = starts(100, 300, 330);
        Starts slow = starts(200, 600, 600);

        assertThat(quick.readyPercentOf(slow)).isEqualTo("50.0");
    }

    private static Starts starts(int... milliseconds) {
        Starts side = new Starts("a side");
        for (int ready : milliseconds) {
            side.starts().add(new Start(Duration.ofMillis(ready), 0));
        }
        return side;
    }
}
