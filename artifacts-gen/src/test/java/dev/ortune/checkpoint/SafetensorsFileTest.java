package dev.ortune.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsFileTest {

    @TempDir Path folder;

    @Test
    void everyFloatTypeOfAPythonFileIsReadBitForBit() throws IOException {
        JsonNode expected =
                new ObjectMapper().readTree(Fixtures.golden("dtypes.expected.json").toFile());
        try (SafetensorsFile file = SafetensorsFile.open(Fixtures.golden("dtypes.safetensors"))) {
            assertThat(expected.size()).isEqualTo(6);
            for (Map.Entry<String, JsonNode> entry : expected.properties()) {
                FloatTensor tensor = file.read(entry.getKey());
                int[] bits =
                        IntStream.range(0, tensor.values().length)
                                .map(i -> Float.floatToRawIntBits(tensor.values()[i]))
                                .toArray();
                assertThat(bits).as(entry.getKey()).isEqualTo(ints(entry.getValue().get("bits")));
                assertThat(tensor.shape().dimensions())
                        .isEqualTo(longs(entry.getValue().get("shape")));
                assertThat(Fixtures.streamed(file, entry.getKey())).isEqualTo(tensor.values());
            }
        }
    }

    @Test
    void anIntegerTensorIsListedButRefusedAsFloat() {
        try (SafetensorsFile file = SafetensorsFile.open(Fixtures.golden("dtypes.safetensors"))) {
            assertThat(file.names()).contains("position_ids");
            assertThat(file.shape("position_ids")).isEqualTo(TensorShape.of(1, 6));
            assertThatThrownBy(() -> file.read("position_ids"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("dtypes.safetensors")
                    .hasMessageContaining("position_ids")
                    .hasMessageContaining("I64");
        }
    }

    @Test
    void aBufferIsFilledWithTheSameValuesWhetherTheFileIsMappedOrNot() {
        Path path = Fixtures.golden("dtypes.safetensors");
        try (SafetensorsFile mapped = SafetensorsFile.open(path);
                SafetensorsFile unmapped = SafetensorsFile.openUnmapped(path)) {
            assertThat(unmapped.names()).isEqualTo(mapped.names());
            for (String name : mapped.names()) {
                if (!name.equals("position_ids")) {
                    float[] expected = mapped.read(name).values();
                    assertThat(filled(mapped, name, expected.length)).isEqualTo(expected);
                    assertThat(filled(unmapped, name, expected.length)).isEqualTo(expected);
                    assertThat(unmapped.read(name).values()).isEqualTo(expected);
                }
            }
            assertThatThrownBy(() -> filled(unmapped, "position_ids", 6))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("I64");
        }
    }

    @Test
    void anUnmappedFileStaysReadableWhenItIsDeletedAndIsClosedInTheEnd() throws IOException {
        Path copy = folder.resolve("copy.safetensors");
        Files.copy(Fixtures.golden("dtypes.safetensors"), copy);
        SafetensorsFile file = SafetensorsFile.openUnmapped(copy);
        String name = file.names().first();
        float[] before = file.read(name).values();
        Files.delete(copy);
        assertThat(file.read(name).values()).isEqualTo(before);
        file.close();
        assertThatThrownBy(() -> file.read(name)).isInstanceOf(IllegalStateException.class);
    }

    private static float[] filled(SafetensorsFile file, String name, int count) {
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        file.read(name, buffer);
        assertThat(buffer.hasRemaining()).isFalse();
        float[] values = new float[count];
        buffer.flip().asFloatBuffer().get(values);
        return values;
    }

    @Test
    void theMetadataIsRead() {
        try (SafetensorsFile file = SafetensorsFile.open(Fixtures.golden("dtypes.safetensors"))) {
            assertThat(file.metadata()).containsExactly(Map.entry("format", "pt"));
        }
    }

    @Test
    void anUnknownTensorIsNamed() {
        try (SafetensorsFile file = SafetensorsFile.open(Fixtures.golden("dtypes.safetensors"))) {
            assertThatThrownBy(() -> file.shape("nowhere"))
                    .isInstanceOfSatisfying(
                            InvalidInputException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.BASE_MISSING_TENSOR))
                    .hasMessageContaining("nowhere");
        }
    }

    @Test
    void aClosedFileIsNotReadAgain() {
        SafetensorsFile file = SafetensorsFile.open(Fixtures.golden("dtypes.safetensors"));
        file.close();
        assertThatThrownBy(file::names).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aMissingFileIsNotFound() {
        assertThatThrownBy(() -> SafetensorsFile.open(folder.resolve("none.safetensors")))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.BASE_NOT_FOUND));
    }

    static Stream<Arguments> malformedHeaders() {
        String fits = "\"shape\":[2],\"data_offsets\":[0,8]}";
        return Stream.of(
                refused("", 0, "does not start with '{'"),
                refused("[]", 0, "does not start with '{'"),
                refused(" {}", 0, "does not start with '{'"),
                refused("{", 0, "no valid JSON"),
                refused("{}x", 0, "no valid JSON"),
                refused("{} {}", 0, "follows the header's closing brace"),
                refused("{\"a\":1}", 0, "no valid JSON"),
                refused("{\"__metadata__\":{\"a\":1}}", 0, "no valid JSON"),
                refused(
                        tensor("a", "F32", "[2]", "[0,8]"),
                        8,
                        "'a': dtype, shape",
                        ",\"shape\":[2]"),
                refused("{\"a\":{\"dtype\":\"Q7\"," + fits + "}", 8, "unknown dtype 'Q7'"),
                refused(
                        "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\"," + fits + "}",
                        8,
                        "Duplicate"),
                refused(
                        "{\"a\":{\"dtype\":\"F32\","
                                + fits
                                + ",\"a\":{\"dtype\":\"F32\","
                                + fits
                                + "}",
                        8,
                        "Duplicate field 'a'"),
                refused(tensor("a", "F32", "[-2]", "[0,8]"), 8, "negative number -2"),
                refused(tensor("a", "F32", "[2.0]", "[0,8]"), 8, "no valid JSON"),
                refused(tensor("a", "F32", "[2]", "[0,8,9]"), 8, "are not two numbers"),
                refused(tensor("a", "F32", "[2]", "[8,0]"), 8, "run backwards"),
                refused(tensor("a", "F32", "[3]", "[0,8]"), 8, "does not fill the 8 bytes"),
                refused(tensor("a", "F4", "[3]", "[0,1]"), 1, "does not fill the 1 bytes"),
                refused(tensor("a", "F32", "[2]", "[0,8]"), 7, "truncated"),
                refused(tensor("a", "F32", "[2]", "[0,8]"), 9, "1 bytes follow the last tensor"),
                refused(tensor("a", "F32", "[2]", "[4,12]"), 12, "a hole lies before"),
                refused(
                        "{\"a\":{\"dtype\":\"F32\","
                                + fits
                                + ",\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}",
                        12,
                        "'b': its data overlaps"),
                refused(
                        tensor("a", "F32", "[4294967296,4294967296]", "[0,8]"),
                        8,
                        "overflows 64 bits"),
                refused(
                        tensor("a", "F32", "[1152921504606846976]", "[0,8]"),
                        8,
                        "overflows 64 bits"),
                refused(tensor("a", "F32", "[99999999999999999999]", "[0,8]"), 8, "no valid JSON"),
                refused(tensor("a", "F32", "[2]", "[0,9223372036854775807]"), 8, "does not fill"));
    }

    @ParameterizedTest
    @MethodSource("malformedHeaders")
    void aMalformedHeaderIsRefusedWithItsReason(String header, int dataBytes, String reason)
            throws IOException {
        assertRefused(Fixtures.safetensors(header, dataBytes), reason);
    }

    @ParameterizedTest
    @ValueSource(longs = {100_000_001, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    void anImpossibleHeaderLengthIsRefused(long length) throws IOException {
        byte[] bytes = Fixtures.safetensors(tensor("a", "F32", "[2]", "[0,8]"), 8);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
        assertRefused(bytes, "the header length " + Long.toUnsignedString(length));
    }

    @Test
    void aTruncatedHeaderIsRefusedWithItsLength() throws IOException {
        byte[] bytes = Fixtures.safetensors(tensor("a", "F32", "[2]", "[0,8]"), 8);
        assertRefused(Arrays.copyOf(bytes, 20), "the file ends after 12");
        assertRefused(Arrays.copyOf(bytes, 7), "7 bytes cannot hold a header");
        assertRefused(new byte[0], "0 bytes cannot hold a header");
    }

    @Test
    void aHeaderThatIsNotUtf8IsRefused() throws IOException {
        byte[] bytes = Fixtures.safetensors(tensor("@", "F32", "[2]", "[0,8]"), 8);
        bytes[10] = (byte) 0xff;
        assertRefused(bytes, "not UTF-8");
    }

    @Test
    void paddingSpacesAndUnknownFieldsAreAccepted() throws IOException {
        String header =
                tensor("a", "F32", "[2]", "[0,8]").replace("\"shape\"", "\"more\":[1],\"shape\"");
        Path file = folder.resolve("padded.safetensors");
        Files.write(file, Fixtures.safetensors(header + "   ", 8));
        try (SafetensorsFile opened = SafetensorsFile.open(file)) {
            assertThat(opened.read("a").values()).containsExactly(0, 0);
        }
    }

    @Test
    void aTensorBeyondTwoGibibytesIsRead() throws IOException {
        Path file = folder.resolve("large.safetensors");
        long begin = 3L << 30;
        String header =
                "{\"large\":{\"dtype\":\"U8\",\"shape\":["
                        + begin
                        + "],\"data_offsets\":[0,"
                        + begin
                        + "]},\"last\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":["
                        + begin
                        + ","
                        + (begin + 4)
                        + "]}}";
        byte[] start = Fixtures.safetensors(header, 0);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.write(start);
            sparse.seek(start.length + begin);
            sparse.write(new byte[] {0, 0, (byte) 0x80, 0x3f});
        }
        try (SafetensorsFile opened = SafetensorsFile.open(file)) {
            assertThat(opened.read("last").values()).containsExactly(1);
        }
        Files.delete(file);
    }

    @Test
    void aLargeTensorIsStreamedInSmallWrites() throws IOException {
        Path file = folder.resolve("stream.safetensors");
        int elements = 3_000_001;
        Files.write(
                file,
                Fixtures.safetensors(
                        tensor("a", "BF16", "[" + elements + "]", "[0," + 2 * elements + "]"),
                        2 * elements));
        try (SafetensorsFile opened = SafetensorsFile.open(file)) {
            Fixtures.CountingStream out = new Fixtures.CountingStream();
            opened.writeFloat32("a", out);
            assertThat(out.written()).isEqualTo(4L * elements);
            assertThat(out.largestWrite()).isLessThanOrEqualTo(1 << 20);
        }
    }

    private void assertRefused(byte[] bytes, String reason) throws IOException {
        Path file = folder.resolve("refused.safetensors");
        Files.write(file, bytes);
        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.SAFETENSORS_FORMAT))
                .hasMessageContaining("refused.safetensors")
                .hasMessageContaining(reason);
    }

    private static Arguments refused(String header, int dataBytes, String reason) {
        return Arguments.of(header, dataBytes, reason);
    }

    private static Arguments refused(String header, int dataBytes, String reason, String without) {
        return Arguments.of(header.replace(without, ""), dataBytes, reason);
    }

    private static String tensor(String name, String dtype, String shape, String offsets) {
        return "{\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}}"
                .formatted(name, dtype, shape, offsets);
    }

    private static int[] ints(JsonNode array) {
        return IntStream.range(0, array.size()).map(i -> array.get(i).intValue()).toArray();
    }

    private static List<Long> longs(JsonNode array) {
        return IntStream.range(0, array.size()).mapToObj(i -> array.get(i).longValue()).toList();
    }

    @Test
    void theHeaderOfAUtf16FileIsRefused() throws IOException {
        byte[] utf16 = "{}".getBytes(StandardCharsets.UTF_16LE);
        byte[] bytes =
                ByteBuffer.allocate(Long.BYTES + utf16.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(utf16.length)
                        .put(utf16)
                        .array();
        assertRefused(bytes, "no valid JSON");
    }
}
