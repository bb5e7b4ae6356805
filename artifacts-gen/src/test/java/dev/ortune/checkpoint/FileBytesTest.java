package dev.ortune.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBytesTest {

    @TempDir Path folder;

    @Test
    void arraysAndBuffersAreFilledFromAnyPosition() throws IOException {
        try (FileBytes bytes = FileBytes.open(file(0, 1, 2, 3, 4, 5))) {
            assertThat(bytes.size()).isEqualTo(6);
            byte[] array = new byte[4];
            bytes.read(3, array, 1, 2);
            assertThat(array).containsExactly(0, 3, 4, 0);
            ByteBuffer buffer = ByteBuffer.allocateDirect(3);
            bytes.read(2, buffer);
            assertThat(buffer.flip()).isEqualTo(ByteBuffer.wrap(new byte[] {2, 3, 4}));
        }
    }

    @Test
    void aReadPastTheEndIsRefused() throws IOException {
        try (FileBytes bytes = FileBytes.open(file(0, 1, 2, 3))) {
            assertThatThrownBy(() -> bytes.read(2, ByteBuffer.allocate(3)))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void aFileThatIsCutMeanwhileIsAnErrorAndNoCrash() throws IOException {
        Path file = file(0, 1, 2, 3);
        try (FileBytes bytes = FileBytes.open(file)) {
            Files.write(file, new byte[] {0});
            assertThatThrownBy(() -> bytes.read(0, ByteBuffer.allocate(4)))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("shorter");
        }
    }

    private Path file(int... content) throws IOException {
        byte[] bytes = new byte[content.length];
        for (int i = 0; i < content.length; i++) {
            bytes[i] = (byte) content[i];
        }
        return Files.write(folder.resolve("bytes"), bytes);
    }
}
