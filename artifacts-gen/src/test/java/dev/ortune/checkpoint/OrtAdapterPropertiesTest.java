package dev.ortune.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.error.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class OrtAdapterPropertiesTest {

    @Property(tries = 200)
    void whatIsWrittenIsRead(
            @ForAll int version, @ForAll @Size(max = 5) List<@Size(max = 20) List<Float>> tensors)
            throws IOException {
        List<FloatTensor> parameters = new ArrayList<>();
        for (List<Float> values : tensors) {
            float[] array = new float[values.size()];
            for (int index = 0; index < array.length; index++) {
                array[index] = values.get(index);
            }
            parameters.add(
                    new FloatTensor(
                            "é" + parameters.size(), TensorShape.of(1, array.length), array));
        }
        OrtAdapter adapter = new OrtAdapter(version, 0, parameters);

        assertThat(read(bytes(adapter))).isEqualTo(adapter);
    }

    @Property(tries = 1000)
    void aMutatedAdapterIsReadOrRefusedButNeverBreaks(
            @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 0, max = 10_000) Integer> places,
            @ForAll @Size(4) List<Byte> values)
            throws IOException {
        byte[] mutated =
                bytes(
                        new OrtAdapter(
                                1,
                                1,
                                List.of(
                                        new FloatTensor(
                                                "weight",
                                                TensorShape.of(2, 2),
                                                new float[] {1, 2, 3, Float.NaN}),
                                        new FloatTensor(
                                                "bias", TensorShape.of(1), new float[] {5}))));
        for (int index = 0; index < places.size(); index++) {
            mutated[places.get(index) % mutated.length] = values.get(index);
        }
        try {
            assertThat(read(mutated)).isNotNull();
        } catch (InvalidInputException refused) {
            assertThat(refused).hasMessageContaining("adapter");
        }
    }

    private static OrtAdapter read(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("written", ".onnx_adapter");
        try {
            return OrtAdapterFile.read(Files.write(file, bytes));
        } finally {
            Files.delete(file);
        }
    }

    private static byte[] bytes(OrtAdapter adapter) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OrtAdapterFile.write(out, adapter);
        return out.toByteArray();
    }
}
