package dev.ortune.checkpoint;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.onnx.proto.GraphProto;
import dev.ortune.onnx.proto.ModelProto;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * The weights of a PyTorch-exported ONNX encoder under their PyTorch names.
 *
 * <p>Named initializers keep their names. A linear layer's weight is found through its MatMul or
 * Gemm node and read as {@code [out, in]}, transposed while it streams. The file is memory-mapped,
 * and so are its external data files. FLOAT, FLOAT16, BFLOAT16 and DOUBLE are read as float32;
 * others are listed and refused when read.
 */
public final class OnnxEncoder implements TensorSource {

    private final TensorCatalog tensors;
    private final List<Path> files;

    private OnnxEncoder(TensorCatalog tensors, List<Path> files) {
        this.tensors = tensors;
        this.files = files;
    }

    /**
     * Maps the model and finds its weights.
     *
     * @throws InvalidInputException {@code BASE_NOT_FOUND} when the file cannot be opened, {@code
     *     ONNX_FORMAT} when it is no ONNX model, a tensor's size contradicts its shape, or its
     *     external data is missing, truncated or outside the model's folder
     */
    public static OnnxEncoder open(Path file) {
        GraphProto graph = parse(file).getGraph();
        OnnxExternalData externalData = new OnnxExternalData(file);
        SortedMap<String, StoredTensor> initializers =
                new OnnxInitializers(file, externalData).read(graph);
        if (initializers.isEmpty()) {
            throw OnnxFault.inFile(file, "it is no ONNX model with weights");
        }
        List<Path> files = new ArrayList<>(List.of(file));
        files.addAll(externalData.files());
        SortedMap<String, StoredTensor> named = new OnnxModuleNames(graph, initializers).resolve();
        return new OnnxEncoder(new TensorCatalog(file, named), List.copyOf(files));
    }

    /** The model and its external data files. */
    public List<Path> files() {
        return files;
    }

    @Override
    public SortedSet<String> names() {
        return tensors.names();
    }

    @Override
    public TensorShape shape(String name) {
        return tensors.shape(name);
    }

    /**
     * {@inheritDoc}
     *
     * @throws InvalidInputException {@code ONNX_FORMAT} when the tensor's type is no float
     */
    @Override
    public void writeFloat32(String name, OutputStream out) throws IOException {
        tensors.writeFloat32(name, out);
    }

    /**
     * {@inheritDoc}
     *
     * @throws InvalidInputException {@code ONNX_FORMAT} when the tensor's type is no float
     */
    @Override
    public FloatTensor read(String name) {
        return tensors.read(name);
    }

    @Override
    public void close() {
        tensors.close();
    }

    private static ModelProto parse(Path file) {
        try {
            // Only an immutable buffer is aliased: the tensors then stay views of the map, while
            // CodedInputStream.newInstance(ByteBuffer) would copy each to the heap.
            CodedInputStream input = UnsafeByteOperations.unsafeWrap(map(file)).newCodedInput();
            input.enableAliasing(true);
            input.setSizeLimit(Integer.MAX_VALUE);
            return ModelProto.parseFrom(input);
        } catch (InvalidProtocolBufferException e) {
            throw OnnxFault.inFile(file, "it is no ONNX model: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new InvalidInputException(
                    ErrorCode.BASE_NOT_FOUND,
                    "Cannot open " + file + ": " + e + ".",
                    "Check that the file exists and may be read.",
                    e);
        }
    }

    private static ByteBuffer map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw OnnxFault.inFile(file, "an ONNX file is never larger than 2 GiB");
            }
            return channel.map(MapMode.READ_ONLY, 0, channel.size());
        }
    }
}
