package dev.ortune.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.InvalidInputException;
import org.junit.jupiter.api.Test;

class MemorySizeTest {

    @Test
    void lettersArePowersOf1024() {
        assertThat(MemorySize.parse("512M")).isEqualTo(512L * 1024 * 1024);
        assertThat(MemorySize.parse("1G")).isEqualTo(1L << 30);
        assertThat(MemorySize.parse("17")).isEqualTo(17);
    }

    @Test
    void anythingElseIsRefused() {
        assertThatThrownBy(() -> MemorySize.parse("1 GB"))
                .isInstanceOf(InvalidInputException.class);
    }
}
