package dev.ortune.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.io.Sha256;
import dev.ortune.onnx.proto.GraphProto;
import dev.ortune.onnx.proto.ModelProto;
import dev.ortune.onnx.proto.NodeProto;
import dev.ortune.onnx.proto.StringStringEntryProto;
import dev.ortune.onnx.proto.TensorProto;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxEncoderTest {

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"bert", "distilbert"})
    void everyParameterOfAnExportedModelHasItsPyTorchNameAndValue(String model) {
        try (OnnxEncoder encoder = OnnxEncoder.open(Fixtures.golden(model + ".onnx"));
                SafetensorsFile expected =
                        SafetensorsFile.open(Fixtures.golden(model + ".expected.safetensors"))) {
            assertThat(encoder.names()).isEqualTo(expected.names());
            for (String name : expected.names()) {
                Fixtures.assertSameTensor(encoder, expected, name);
            }
        }
    }

    /** The digests are those of the same weights read in Python with the onnx library. */
    @Test
    void theEmbeddedBaseHasAllItsParameters() throws IOException {
        Path file = folder.resolve("bge-small-en-v1.5.onnx");
        try (InputStream packed = getClass().getResourceAsStream("/bge-small-en-v1.5.onnx")) {
            Files.copy(packed, file);
        }
        try (OnnxEncoder encoder = OnnxEncoder.open(file)) {
            assertThat(encoder.names()).hasSize(5 + 12 * 16);
            assertThat(encoder.shape("encoder.layer.11.output.dense.weight"))
                    .isEqualTo(TensorShape.of(384, 1536));
            assertThat(digest(encoder, "encoder.layer.11.output.dense.weight"))
                    .isEqualTo("eaa2b01d36f3f3acb00dca6691a864f06946eac68f189cc91403d8cbb8b2dda4");
            assertThat(digest(encoder, "encoder.layer.11.attention.self.query.weight"))
                    .isEqualTo("8c50bada23cbdfea73aa638604216641f533207e5099238a4f3da15c5b03e0b9");
        }
    }

    @Test
    void externalDataIsReadAndListed() {
        try (OnnxEncoder encoder = OnnxEncoder.open(Fixtures.golden("external/model.onnx"));
                SafetensorsFile expected =
                        SafetensorsFile.open(Fixtures.golden("bert.expected.safetensors"))) {
            for (String name : expected.names()) {
                Fixtures.assertSameTensor(encoder, expected, name);
            }
            assertThat(encoder.files())
                    .extracting(file -> file.getFileName().toString())
                    .containsExactly("model.onnx", "model.onnx_data");
        }
    }

    @Test
    void aGemmWeightIsTransposedUnlessTheNodeDoes() {
        try (OnnxEncoder encoder = OnnxEncoder.open(Fixtures.golden("gemm.onnx"))) {
            assertThat(encoder.names())
                    .containsExactly(
                            "half", "kept.weight", "listed", "position_ids", "turned.weight");
            for (String name : List.of("kept.weight", "turned.weight")) {
                assertThat(encoder.shape(name)).isEqualTo(TensorShape.of(2, 3));
                assertThat(encoder.read(name).values()).containsExactly(0, 1, 2, 3, 4, 5);
            }
            assertThat(encoder.read("half").values()).containsExactly(0, 1, 2, 3, 4, 5);
            assertThat(encoder.read("listed").values()).containsExactly(0.25f, -8);
            assertThatThrownBy(() -> encoder.read("position_ids"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("INT64");
        }
    }

    @Test
    void aMatrixLargerThanOneChunkIsTransposedWhileItStreams() throws IOException {
        int rows = 301;
        int columns = 997;
        TensorProto.Builder weight =
                TensorProto.newBuilder()
                        .setName("onnx::MatMul_1")
                        .setDataType(TensorProto.DataType.FLOAT_VALUE)
                        .addDims(rows)
                        .addDims(columns);
        for (int index = 0; index < rows * columns; index++) {
            weight.addFloatData(index);
        }
        Path file =
                write(
                        GraphProto.newBuilder()
                                .addInitializer(weight)
                                .addNode(matMul("/a/b/MatMul", "onnx::MatMul_1")));
        try (OnnxEncoder encoder = OnnxEncoder.open(file)) {
            float[] values = Fixtures.streamed(encoder, "a.b.weight");
            assertThat(encoder.shape("a.b.weight")).isEqualTo(TensorShape.of(columns, rows));
            for (int column = 0; column < columns; column++) {
                for (int row = 0; row < rows; row++) {
                    assertThat(values[column * rows + row]).isEqualTo(row * columns + column);
                }
            }
        }
    }

    @Test
    void aModuleWithTwoDifferentWeightsIsNotGuessed() throws IOException {
        Path file =
                write(
                        GraphProto.newBuilder()
                                .addInitializer(matrix("onnx::MatMul_1"))
                                .addInitializer(matrix("onnx::MatMul_2"))
                                .addNode(matMul("/a/MatMul", "onnx::MatMul_1"))
                                .addNode(matMul("/a/MatMul_1", "onnx::MatMul_2")));
        try (OnnxEncoder encoder = OnnxEncoder.open(file)) {
            assertThat(encoder.names()).doesNotContain("a.weight");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../data", "/etc/passwd", "", ".", "sub/../../data", "..\\data", "\0"})
    void externalDataOutsideTheFolderIsRefused(String location) throws IOException {
        assertRefused(write(external(location, "0", "4")), "");
    }

    @Test
    void missingOrTruncatedExternalDataIsRefused() throws IOException {
        assertRefused(write(external("none", "0", "4")), "cannot open its data file");
        Files.write(folder.resolve("data"), new byte[8]);
        assertRefused(write(external("data", "8", "4")), "truncated");
        assertRefused(write(external("data", "9", "0")), "after the file's end");
        assertRefused(write(external("data", "-1", "4")), "no offset or length");
        assertRefused(write(external("data", "18446744073709551615", "4")), "after the file's end");
        assertRefused(write(external("data", "0", "8")), "does not fill");
        try (OnnxEncoder encoder = OnnxEncoder.open(write(external("data", "4", "4")))) {
            assertThat(encoder.read("w").values()).containsExactly(0);
        }
    }

    @Test
    void aShapeThatContradictsTheDataIsRefused() throws IOException {
        assertRefused(
                write(GraphProto.newBuilder().addInitializer(matrix("w").toBuilder().addDims(2))),
                "does not fill");
        assertRefused(
                write(GraphProto.newBuilder().addInitializer(matrix("w").toBuilder().addDims(-1))),
                "impossible shape");
        assertRefused(
                write(
                        GraphProto.newBuilder()
                                .addInitializer(matrix("w").toBuilder().addDims(Long.MAX_VALUE))),
                "impossible shape");
    }

    @Test
    void aRepeatedInitializerIsRefused() throws IOException {
        assertRefused(
                write(
                        GraphProto.newBuilder()
                                .addInitializer(matrix("w"))
                                .addInitializer(matrix("w"))),
                "twice");
    }

    @Test
    void aFileThatIsNoModelIsRefused() throws IOException {
        Path file = folder.resolve("garbage.onnx");
        Files.write(file, new byte[] {0x0a, 0x7f, 1, 2, 3});
        assertRefused(file, "no ONNX model");
        Files.write(file, new byte[0]);
        assertRefused(file, "no ONNX model");
    }

    private static String digest(OnnxEncoder encoder, String name) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            encoder.writeFloat32(name, out);
        }
        return Sha256.hex(digest);
    }

    private static TensorProto matrix(String name) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .addDims(2)
                .addDims(1)
                .addFloatData(1)
                .addFloatData(2)
                .build();
    }

    private static NodeProto matMul(String name, String weight) {
        return NodeProto.newBuilder()
                .setName(name)
                .setOpType("MatMul")
                .addInput("x")
                .addInput(weight)
                .addOutput("y")
                .build();
    }

    private static GraphProto.Builder external(String location, String offset, String length) {
        return GraphProto.newBuilder()
                .addInitializer(
                        TensorProto.newBuilder()
                                .setName("w")
                                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                                .addDims(1)
                                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                                .addExternalData(entry("location", location))
                                .addExternalData(entry("offset", offset))
                                .addExternalData(entry("length", length)));
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    private Path write(GraphProto.Builder graph) throws IOException {
        Path file = folder.resolve("made.onnx");
        Files.write(file, ModelProto.newBuilder().setGraph(graph).build().toByteArray());
        return file;
    }

    private static void assertRefused(Path file, String reason) {
        assertThatThrownBy(() -> OnnxEncoder.open(file))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.ONNX_FORMAT))
                .hasMessageContaining(file.getFileName().toString())
                .hasMessageContaining(reason);
    }
}
