package dev.ortune.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.onnx.proto.ModelProto;
import dev.ortune.onnx.proto.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class OnnxEncoderPropertiesTest {

    @Property(tries = 300)
    void aMutatedModelIsReadOrRefusedButNeverBreaks(
            @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 0, max = 10_000) Integer> places,
            @ForAll @Size(4) List<Byte> bytes)
            throws IOException {
        byte[] mutated = Files.readAllBytes(Fixtures.golden("gemm.onnx"));
        for (int index = 0; index < places.size(); index++) {
            mutated[places.get(index) % mutated.length] = bytes.get(index);
        }
        Path file = Files.createTempFile("mutated", ".onnx");
        Files.write(file, mutated);
        try (OnnxEncoder encoder = OnnxEncoder.open(file)) {
            for (String name : encoder.names()) {
                readOrRefuse(encoder, name);
            }
        } catch (InvalidInputException refused) {
            assertThat(refused).hasMessageContaining(file.getFileName().toString());
        } finally {
            Files.delete(file);
        }
    }

    @Example
    void aTensorOfNoFloatsIsRefusedHoweverLargeItsShapeSaysItIs() throws IOException {
        ModelProto.Builder model =
                ModelProto.parseFrom(Files.readAllBytes(Fixtures.golden("gemm.onnx"))).toBuilder();
        model.getGraphBuilder()
                .addInitializerBuilder()
                .setName("huge")
                .setDataType(TensorProto.DataType.INT64_VALUE)
                .addDims(1L << 40);
        Path file = Files.createTempFile("huge", ".onnx");
        Files.write(file, model.build().toByteArray());
        try (OnnxEncoder encoder = OnnxEncoder.open(file)) {
            assertThat(encoder.names()).contains("huge");
            assertThatThrownBy(() -> encoder.read("huge"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("huge");
        } finally {
            Files.delete(file);
        }
    }

    private static void readOrRefuse(OnnxEncoder encoder, String name) {
        try {
            assertThat(encoder.read(name).values()).isNotNull();
        } catch (InvalidInputException refused) {
            assertThat(refused.code()).isEqualTo(ErrorCode.ONNX_FORMAT);
        }
    }
}
