package dev.ortune.api.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessMemoryTest {

    @TempDir private Path folder;

    @Test
    void whatLinuxTellsInKibibytesIsBytes() throws Exception {
        Path status = folder.resolve("status");
        Files.writeString(status, "Name:\tjava\nVmHWM:\t   20480 kB\nVmRSS:\t   10240 kB\n");
        assertThat(new ProcessMemory(status).residentBytes()).isEqualTo(10 << 20);
    }

    @Test
    void elsewhereItIsNotANumber() {
        assertThat(new ProcessMemory(folder.resolve("nothing")).residentBytes()).isNaN();
    }

    @Test
    void thereIsMoreMemoryThanJavaHas() {
        assertThat(new ProcessMemory(folder).limitBytes())
                .isGreaterThan((double) Runtime.getRuntime().totalMemory());
    }
}
