package dev.ortune.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.error.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class OrtCheckpointPropertiesTest {

    private static final FloatTensor WEIGHT =
            new FloatTensor("b.weight", TensorShape.of(2, 2), new float[] {1, -2, 3, Float.NaN});
    private static final FloatTensor BIAS =
            new FloatTensor("a.bias", TensorShape.of(1), new float[] {0.5f});
    private static final OrtCheckpoint FULL =
            new OrtCheckpoint(
                    List.of(WEIGHT, BIAS),
                    List.of(new FloatTensor("frozen", TensorShape.of(), new float[] {7})),
                    List.of(
                            new OptimizerGroup(
                                    "group0",
                                    12,
                                    1e-3f,
                                    List.of(
                                            new OptimizerGroup.ParameterState(
                                                    "a.bias",
                                                    List.of(
                                                            moment("momentum0"),
                                                            moment("momentum1")))))),
                    new PropertyBag(
                            Map.of("epoch", 3L), Map.of("loss", 0.25f), Map.of("run", "é中")));

    @Property(tries = 1000)
    void aMutatedCheckpointIsReadOrRefusedButNeverBreaks(
            @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 0, max = 10_000) Integer> places,
            @ForAll @Size(4) List<Byte> values)
            throws IOException {
        byte[] mutated = bytes(FULL);
        for (int index = 0; index < places.size(); index++) {
            mutated[places.get(index) % mutated.length] = values.get(index);
        }
        Path file = Files.createTempFile("mutated", ".checkpoint");
        Files.write(file, mutated);
        try {
            assertThat(OrtCheckpointFile.read(file)).isNotNull();
        } catch (InvalidInputException refused) {
            assertThat(refused).hasMessageContaining(file.getFileName().toString());
        } finally {
            Files.delete(file);
        }
    }

    private static FloatTensor moment(String name) {
        return new FloatTensor(name, TensorShape.of(1), new float[] {1e-9f});
    }

    private static byte[] bytes(OrtCheckpoint checkpoint) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OrtCheckpointFile.write(out, checkpoint);
        return out.toByteArray();
    }
}
