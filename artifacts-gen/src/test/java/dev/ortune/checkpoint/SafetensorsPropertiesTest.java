package dev.ortune.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.error.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SafetensorsPropertiesTest {

    private static final List<FloatTensor> TENSORS =
            List.of(
                    new FloatTensor("b.weight", TensorShape.of(2, 3), values(0, 1, 2, 3, 4, 5)),
                    new FloatTensor("a.bias", TensorShape.of(2), values(0.5f, -1.5f)),
                    new FloatTensor("c", TensorShape.of(), values(3)));

    @Property(tries = 100)
    void writtenTensorsAreReadBack(@ForAll("tensors") List<FloatTensor> tensors)
            throws IOException {
        Map<String, FloatTensor> byName = new LinkedHashMap<>();
        tensors.forEach(tensor -> byName.putIfAbsent(tensor.name(), tensor));
        Path file = Files.createTempFile("round", ".safetensors");
        try {
            SafetensorsWriter.write(file, List.copyOf(byName.values()));
            try (SafetensorsFile read = SafetensorsFile.open(file)) {
                assertThat(read.names()).isEqualTo(byName.keySet());
                byName.forEach((name, tensor) -> assertThat(read.read(name)).isEqualTo(tensor));
            }
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 1000)
    void aMutatedFileIsReadOrRefusedButNeverBreaks(
            @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 0, max = 10_000) Integer> places,
            @ForAll @Size(4) List<Byte> bytes)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SafetensorsWriter.write(out, TENSORS);
        byte[] mutated = out.toByteArray();
        for (int index = 0; index < places.size(); index++) {
            mutated[places.get(index) % mutated.length] = bytes.get(index);
        }
        Path file = Files.createTempFile("mutated", ".safetensors");
        Files.write(file, mutated);
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            for (String name : read.names()) {
                assertThat(read.read(name).values()).hasSize((int) read.shape(name).elements());
            }
        } catch (InvalidInputException refused) {
            assertThat(refused).hasMessageContaining(file.getFileName().toString());
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<List<FloatTensor>> tensors() {
        Arbitrary<String> names =
                Arbitraries.strings().alpha().numeric().withChars("._:/\"\\é中\n").ofMaxLength(12);
        Arbitrary<TensorShape> shapes =
                Arbitraries.longs().between(0, 5).list().ofMaxSize(3).map(TensorShape::new);
        Arbitrary<Integer> seeds = Arbitraries.integers();
        return Combinators.combine(names, shapes, seeds)
                .as(SafetensorsPropertiesTest::randomTensor)
                .list()
                .ofMaxSize(6);
    }

    private static FloatTensor randomTensor(String name, TensorShape shape, int seed) {
        float[] values = new float[(int) shape.elements()];
        for (int index = 0; index < values.length; index++) {
            values[index] = Float.intBitsToFloat(seed * 31 + index * 0x9e3779b9);
        }
        return new FloatTensor(name, shape, values);
    }

    private static float[] values(float... values) {
        return values;
    }
}
