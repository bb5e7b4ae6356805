package dev.ortune.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrainTest {

    private final Drain drain = new Drain();
    private final List<String> told = new ArrayList<>();

    @Test
    void everyoneIsToldOnce() {
        drain.whenBegun(() -> told.add("first"));
        drain.whenBegun(() -> told.add("second"));
        assertThat(drain.hasBegun()).isFalse();
        drain.begin();
        drain.begin();
        assertThat(told).containsExactly("first", "second");
        assertThat(drain.hasBegun()).isTrue();
    }

    @Test
    void whoAsksAfterwardsIsToldAtOnce() {
        drain.begin();
        drain.whenBegun(() -> told.add("late"));
        assertThat(told).containsExactly("late");
    }
}
