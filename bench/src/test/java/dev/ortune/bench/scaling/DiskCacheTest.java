package dev.ortune.bench.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DiskCacheTest {

    @Test
    void whatWasAskedForLeastRecentlyGoes() {
        DiskCache disk = new DiskCache(21, 10);
        disk.ask(1);
        disk.ask(2);
        assertThat(disk.ask(1)).isTrue();
        assertThat(disk.ask(3)).isFalse();
        assertThat(disk.ask(1)).isTrue();
        assertThat(disk.ask(2)).isFalse();
        assertThat(disk.ask(3)).isFalse();
    }
}
