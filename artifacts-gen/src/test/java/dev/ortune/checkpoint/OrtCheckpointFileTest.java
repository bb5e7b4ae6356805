package dev.ortune.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrtCheckpointFileTest {

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

    @TempDir Path folder;

    @Test
    void writtenParametersAreReadBackInTheirOrder() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OrtCheckpointFile.write(out, List.of(WEIGHT, BIAS));
        OrtCheckpoint read = OrtCheckpointFile.read(store(out.toByteArray()));
        assertThat(read).isEqualTo(OrtCheckpoint.ofTrainable(List.of(WEIGHT, BIAS)));
    }

    @Test
    void optimizerGroupsAndPropertiesAreReadBack() throws IOException {
        assertThat(OrtCheckpointFile.read(store(bytes(FULL)))).isEqualTo(FULL);
    }

    /** The file was saved by ONNX Runtime 1.24.1 after three AdamW steps on two parameters. */
    @Test
    void aCheckpointThatOnnxRuntimeSavedIsReadWithItsOptimizerState() {
        OrtCheckpoint saved =
                OrtCheckpointFile.read(
                        Fixtures.resource("/onnxruntime/adamw-three-steps.checkpoint"));
        assertThat(saved.trainableParameters())
                .extracting(FloatTensor::name)
                .containsExactly("a.bias", "w.weight");
        assertThat(saved.trainableParameters().get(1).values())
                .containsExactly(0.96970296f, 2.029397f, 2.969103f, 3.9988f, 4.968503f, 5.968203f);
        OptimizerGroup group = saved.optimizerGroups().get(0);
        assertThat(group.name()).isEqualTo("group0");
        assertThat(group.step()).isEqualTo(3);
        assertThat(group.initialLearningRate()).isEqualTo(1e-3f);
        OptimizerGroup.ParameterState state = group.states().get(1);
        assertThat(state.parameterName()).isEqualTo("w.weight");
        assertThat(state.momentums())
                .extracting(FloatTensor::name)
                .containsExactly("momentum0", "momentum1");
        assertThat(state.momentums().get(0).values()).startsWith(0.27100006f, -0.27100006f);
        assertThat(saved.properties())
                .isEqualTo(
                        new PropertyBag(
                                Map.of("epoch", 7L),
                                Map.of("loss", 0.25f),
                                Map.of("run", "first")));
    }

    @Test
    void theFileIdentifierStandsAtByteFour() throws IOException {
        assertThat(new String(bytes(FULL), 4, 4, StandardCharsets.US_ASCII)).isEqualTo("ODTC");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 7, 8, 40})
    void aTruncatedCheckpointIsRefused(int length) throws IOException {
        assertRefused(Arrays.copyOf(bytes(FULL), length), "checkpoint");
    }

    @Test
    void garbageIsRefused() throws IOException {
        assertRefused("this is no checkpoint at all".getBytes(StandardCharsets.UTF_8), "ODTC");
    }

    @Test
    void aMissingCheckpointIsRefused() {
        assertThatThrownBy(() -> OrtCheckpointFile.read(folder.resolve("none")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("none");
    }

    private static FloatTensor moment(String name) {
        return new FloatTensor(name, TensorShape.of(1), new float[] {1e-9f});
    }

    private static byte[] bytes(OrtCheckpoint checkpoint) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OrtCheckpointFile.write(out, checkpoint);
        return out.toByteArray();
    }

    private Path store(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("checkpoint"), bytes);
    }

    private void assertRefused(byte[] bytes, String reason) throws IOException {
        Path file = store(bytes);
        assertThatThrownBy(() -> OrtCheckpointFile.read(file))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.ONNX_FORMAT))
                .hasMessageContaining(file.toString())
                .hasMessageContaining(reason);
    }
}
