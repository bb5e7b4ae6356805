package dev.ortune.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ortune.io.AtomicFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes float32 tensors as a safetensors file, as PyTorch's and PEFT's savers do: keys sorted,
 * {@code __metadata__} {@code {"format":"pt"}}, the header padded with spaces to 8 bytes.
 */
public final class SafetensorsWriter {

    private static final int HEADER_ALIGNMENT = 8;
    private static final int CHUNK_ELEMENTS = 1 << 14;

    private SafetensorsWriter() {}

    /**
     * Writes a whole file or none.
     *
     * @throws IllegalArgumentException when two tensors share a name
     * @throws dev.ortune.error.OrtuneException as {@link AtomicFiles#write}
     */
    public static void write(Path file, List<FloatTensor> tensors) {
        AtomicFiles.write(file, out -> write(out, tensors));
    }

    /**
     * Writes to a stream, which stays open.
     *
     * @throws IllegalArgumentException when two tensors share a name
     */
    public static void write(OutputStream out, List<FloatTensor> tensors) throws IOException {
        SortedMap<String, FloatTensor> sorted = sortedByName(tensors);
        byte[] header = header(sorted);
        out.write(
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(header.length)
                        .array());
        out.write(header);
        for (FloatTensor tensor : sorted.values()) {
            writeValues(out, tensor.values());
        }
    }

    private static SortedMap<String, FloatTensor> sortedByName(List<FloatTensor> tensors) {
        SortedMap<String, FloatTensor> sorted = new TreeMap<>();
        for (FloatTensor tensor : tensors) {
            if (tensor.name().equals("__metadata__") || sorted.put(tensor.name(), tensor) != null) {
                throw new IllegalArgumentException("tensor name not free: " + tensor.name());
            }
        }
        return sorted;
    }

    private static byte[] header(Map<String, FloatTensor> sorted) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(header)) {
            json.writeStartObject();
            json.writeObjectFieldStart("__metadata__");
            json.writeStringField("format", "pt");
            json.writeEndObject();
            long begin = 0;
            for (FloatTensor tensor : sorted.values()) {
                long end = begin + (long) tensor.values().length * Float.BYTES;
                json.writeObjectFieldStart(tensor.name());
                json.writeStringField("dtype", SafetensorsType.F32.name());
                json.writeFieldName("shape");
                writeArray(json, tensor.shape().toArray());
                json.writeFieldName("data_offsets");
                writeArray(json, begin, end);
                json.writeEndObject();
                begin = end;
            }
            json.writeEndObject();
        }
        while (header.size() % HEADER_ALIGNMENT != 0) {
            header.write(' ');
        }
        return header.toByteArray();
    }

    private static void writeArray(JsonGenerator json, long... numbers) throws IOException {
        json.writeArray(numbers, 0, numbers.length);
    }

    private static void writeValues(OutputStream out, float[] values) throws IOException {
        ByteBuffer chunk =
                ByteBuffer.allocate(CHUNK_ELEMENTS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int first = 0; first < values.length; first += CHUNK_ELEMENTS) {
            int count = Math.min(CHUNK_ELEMENTS, values.length - first);
            chunk.asFloatBuffer().put(values, first, count);
            out.write(chunk.array(), 0, count * Float.BYTES);
        }
    }
}
