package dev.ortune.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecentTest {

    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private final AtomicInteger source = new AtomicInteger(1);
    private final Recent<Integer> recent =
            new Recent<>(this::ask, 0, Duration.ofSeconds(5), () -> now);

    @Test
    void aFreshValueIsNotAskedForAgain() {
        assertThat(recent.get()).isEqualTo(1);
        source.set(2);
        now = now.plusSeconds(5);
        assertThat(recent.get()).isEqualTo(1);
        now = now.plusSeconds(1);
        assertThat(recent.get()).isEqualTo(2);
    }

    @Test
    void whatCannotBeHadStaysWhatItWas() {
        source.set(-1);
        assertThat(recent.get()).isZero();
        source.set(3);
        now = now.plusSeconds(6);
        assertThat(recent.get()).isEqualTo(3);
        source.set(-1);
        now = now.plusSeconds(6);
        assertThat(recent.get()).isEqualTo(3);
    }

    @Test
    void whatCannotBeHadIsNotAskedForAgainAtOnceEither() {
        source.set(-1);
        assertThat(recent.get()).isZero();
        source.set(2);
        now = now.plusSeconds(5);
        assertThat(recent.get()).isZero();
        now = now.plusSeconds(1);
        assertThat(recent.get()).isEqualTo(2);
    }

    private int ask() {
        if (source.get() < 0) {
            throw new IllegalStateException("away");
        }
        return source.get();
    }
}
