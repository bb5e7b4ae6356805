package dev.ortune.bench.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DiskCacheTest {

    private static final double LATER = DiskCache.IN_USE_SECONDS + 1;

    @Test
    void whatWasAskedForLeastRecentlyGoes() {
        DiskCache disk = new DiskCache(2, 1);
        disk.ask(1, 0);
        disk.ask(2, 1);
        assertThat(disk.ask(1, 2)).isTrue();
        assertThat(disk.ask(3, 2 + LATER)).isFalse();
        assertThat(disk.ask(1, 3 + LATER)).isTrue();
        assertThat(disk.ask(2, 3 + LATER)).isFalse();
    }

    @Test
    void whatWasAskedForJustNowStaysEvenIfTheDiskGetsTooFull() {
        DiskCache disk = new DiskCache(2, 1);
        for (int model = 0; model < 5; model++) {
            disk.ask(model, model);
        }
        assertThat(disk.peakBytes()).isEqualTo(5);
        assertThat(disk.ask(0, 6)).isTrue();
    }
}
