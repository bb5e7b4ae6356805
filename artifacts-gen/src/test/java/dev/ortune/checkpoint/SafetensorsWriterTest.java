package dev.ortune.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {

    private static final List<FloatTensor> TENSORS =
            List.of(
                    new FloatTensor("b.weight", TensorShape.of(2, 3), values(0, 1, 2, 3, 4, 5)),
                    new FloatTensor("a.bias", TensorShape.of(2), values(0.5f, -1.5f)),
                    new FloatTensor("c", TensorShape.of(), values(3)));

    @Test
    void theBytesAreThoseThatPythonWrites(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("written.safetensors");
        SafetensorsWriter.write(file, TENSORS);
        assertThat(file).hasSameBinaryContentAs(Fixtures.golden("written.safetensors"));
    }

    @Test
    void twoTensorsOfOneNameAreRefused() {
        List<FloatTensor> twice = List.of(TENSORS.get(2), TENSORS.get(2));
        assertThatThrownBy(() -> SafetensorsWriter.write(new ByteArrayOutputStream(), twice))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("c");
    }

    private static float[] values(float... values) {
        return values;
    }
}
