package dev.ortune.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedFileTest {

    @Test
    void aReadMayCrossSeveralMaps(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("bytes"), new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
        MappedFile mapped = MappedFile.open(file, 3);
        byte[] target = new byte[9];
        mapped.read(2, target, 1, 7);
        assertThat(target).containsExactly(0, 2, 3, 4, 5, 6, 7, 8, 0);
        mapped.read(9, target, 0, 1);
        assertThat(target[0]).isEqualTo((byte) 9);
    }

    @Test
    void aReadPastTheEndIsRefused(@TempDir Path folder) throws IOException {
        MappedFile mapped = MappedFile.open(Files.write(folder.resolve("bytes"), new byte[4]), 3);
        assertThatThrownBy(() -> mapped.read(2, new byte[3], 0, 3))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
