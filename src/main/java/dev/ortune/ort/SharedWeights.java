package dev.ortune.ort;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.graph.FrozenWeights;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.onnxruntime.OrtSessionOptions;
import org.bytedeco.onnxruntime.OrtValue;
import org.bytedeco.onnxruntime.global.onnxruntime;

/**
 * A base's frozen weights, memory-mapped once and lent to every session of that base.
 *
 * <p>Thread-safe. Must stay open until the last session that uses it is closed.
 */
public final class SharedWeights extends NativeHandle {

    private final NativeApi api;
    private final List<MappedByteBuffer> maps = new ArrayList<>();
    private final Map<String, OrtValue> values = new LinkedHashMap<>();

    SharedWeights(NativeApi api, HandleCount handles, Path file, FrozenWeights layout) {
        super(handles);
        this.api = api;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (Map.Entry<String, FrozenWeights.Location> entry : layout.tensors().entrySet()) {
                map(channel, entry.getKey(), entry.getValue());
            }
        } catch (IOException e) {
            close();
            throw new InvalidInputException(
                    ErrorCode.BASE_NOT_FOUND,
                    "The base's weights " + file + " cannot be mapped: " + e.getMessage(),
                    "Export the base again.",
                    e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void map(FileChannel channel, String name, FrozenWeights.Location location)
            throws IOException {
        long bytes = location.shape().elements() * Float.BYTES;
        if (location.offset() + bytes > channel.size()) {
            throw new IOException("the file ends before " + name);
        }
        MappedByteBuffer map =
                channel.map(FileChannel.MapMode.READ_ONLY, location.offset(), bytes);
        maps.add(map);
        values.put(
                name,
                api.tensorOver(
                        new BytePointer(map),
                        bytes,
                        location.shape().toArray(),
                        onnxruntime.ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT));
    }

    /** Replaces the external data of every initializer by the mapped memory. */
    void addTo(OrtSessionOptions options) {
        requireOpen();
        int count = values.size();
        try (PointerPointer<BytePointer> names = new PointerPointer<>(count);
                PointerPointer<OrtValue> tensors = new PointerPointer<>(count)) {
            List<BytePointer> nameBytes = new ArrayList<>();
            int i = 0;
            for (Map.Entry<String, OrtValue> entry : values.entrySet()) {
                BytePointer name = new BytePointer(entry.getKey());
                nameBytes.add(name);
                names.put(i, name);
                tensors.put(i, entry.getValue());
                i++;
            }
            api.check(api.api().AddExternalInitializers(options, names, tensors, count));
            nameBytes.forEach(Pointer::close);
        }
    }

    @Override
    void release() {
        values.values().forEach(value -> api.api().ReleaseValue(value));
        values.clear();
        maps.clear();
    }
}
