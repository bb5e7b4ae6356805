package dev.ortune.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrtAdapterFileTest {

    private static final OrtAdapter ADAPTER =
            new OrtAdapter(
                    3,
                    7,
                    List.of(
                            new FloatTensor(
                                    "q_lin.lora_A.weight",
                                    TensorShape.of(1, 3),
                                    new float[] {1, -2, 0.5f}),
                            new FloatTensor(
                                    "classifier.bias", TensorShape.of(1), new float[] {4})));

    @TempDir private Path folder;

    @Test
    void writtenParametersAreReadBackInTheirOrder() throws IOException {
        assertThat(OrtAdapterFile.read(store(bytes()))).isEqualTo(ADAPTER);
    }

    /** As {@code onnxruntime.AdapterFormat} wrote it (tools/oracle/README.md). */
    @Test
    void anAdapterThatOnnxRuntimeWroteIsRead() {
        OrtAdapter read =
                OrtAdapterFile.read(Fixtures.resource("/onnxruntime/two-tensors.onnx_adapter"));

        assertThat(read.adapterVersion()).isEqualTo(3);
        assertThat(read.modelVersion()).isEqualTo(7);
        assertThat(read.parameters()).containsExactlyInAnyOrderElementsOf(ADAPTER.parameters());
    }

    /** Read by hand along adapter_schema.fbs, without the reader. */
    @Test
    void theLayoutIsThatOfTheSchema() throws IOException {
        ByteBuffer file = ByteBuffer.wrap(bytes()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(new String(file.array(), 4, 4, StandardCharsets.US_ASCII)).isEqualTo("TORT");
        int adapter = file.getInt(0);
        assertThat(file.getInt(field(file, adapter, 0))).as("format_version").isEqualTo(1);
        assertThat(file.getInt(field(file, adapter, 1))).as("adapter_version").isEqualTo(3);
        assertThat(file.getInt(field(file, adapter, 2))).as("model_version").isEqualTo(7);
        int parameters = follow(file, field(file, adapter, 3));
        assertThat(file.getInt(parameters)).as("parameters").isEqualTo(2);

        int first = follow(file, parameters + 4);
        int name = follow(file, field(file, first, 0));
        int length = file.getInt(name);
        assertThat(new String(file.array(), name + 4, length, StandardCharsets.UTF_8))
                .isEqualTo("q_lin.lora_A.weight");
        int dims = follow(file, field(file, first, 1));
        assertThat(file.getInt(dims)).as("dimensions").isEqualTo(2);
        assertThat(file.getLong(dims + 4)).isEqualTo(1);
        assertThat(file.getLong(dims + 12)).isEqualTo(3);
        assertThat(file.getInt(field(file, first, 2))).as("FLOAT").isEqualTo(1);
        int data = follow(file, field(file, first, 3));
        assertThat(file.getInt(data)).as("bytes").isEqualTo(12);
        assertThat(file.getFloat(data + 8)).isEqualTo(-2);
    }

    /** The schema's force_align: what maps the file uses the values where they lie. */
    @Test
    void theValuesOfEveryParameterStandOnEightBytes() throws IOException {
        ByteBuffer file = ByteBuffer.wrap(bytes()).order(ByteOrder.LITTLE_ENDIAN);
        int parameters = follow(file, field(file, file.getInt(0), 3));
        for (int index = 0; index < 2; index++) {
            int parameter = follow(file, parameters + 4 + 4 * index);
            int data = follow(file, field(file, parameter, 3)) + Integer.BYTES;
            assertThat(data % 8).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 7, 8, 40})
    void aTruncatedAdapterIsRefused(int length) throws IOException {
        assertRefused(Arrays.copyOf(bytes(), length), "adapter");
    }

    @Test
    void garbageIsRefused() throws IOException {
        assertRefused("this is no adapter at all".getBytes(StandardCharsets.UTF_8), "TORT");
    }

    private static int field(ByteBuffer file, int table, int slot) {
        int virtualTable = table - file.getInt(table);
        return table + file.getShort(virtualTable + 4 + 2 * slot);
    }

    private static int follow(ByteBuffer file, int at) {
        return at + file.getInt(at);
    }

    private static byte[] bytes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OrtAdapterFile.write(out, ADAPTER);
        return out.toByteArray();
    }

    private Path store(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("adapter.onnx_adapter"), bytes);
    }

    private void assertRefused(byte[] bytes, String reason) throws IOException {
        Path file = store(bytes);
        assertThatThrownBy(() -> OrtAdapterFile.read(file))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.ONNX_FORMAT))
                .hasMessageContaining(file.toString())
                .hasMessageContaining(reason);
    }
}
