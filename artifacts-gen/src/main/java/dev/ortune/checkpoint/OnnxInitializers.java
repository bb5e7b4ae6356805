package dev.ortune.checkpoint;

import dev.ortune.checkpoint.OnnxExternalData.Region;
import dev.ortune.onnx.proto.GraphProto;
import dev.ortune.onnx.proto.TensorProto;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The initializers of an ONNX graph as tensors that are decoded on demand. */
final class OnnxInitializers {

    private static final Map<TensorProto.DataType, FloatEncoding> ENCODINGS =
            Map.of(
                    TensorProto.DataType.FLOAT, FloatEncoding.F32,
                    TensorProto.DataType.FLOAT16, FloatEncoding.F16,
                    TensorProto.DataType.BFLOAT16, FloatEncoding.BF16,
                    TensorProto.DataType.DOUBLE, FloatEncoding.F64);

    private final Path file;
    private final OnnxExternalData externalData;

    OnnxInitializers(Path file, OnnxExternalData externalData) {
        this.file = file;
        this.externalData = externalData;
    }

    /** Every initializer by its own name. */
    SortedMap<String, StoredTensor> read(GraphProto graph) {
        SortedMap<String, StoredTensor> tensors = new TreeMap<>();
        for (TensorProto tensor : graph.getInitializerList()) {
            if (tensors.put(tensor.getName(), stored(tensor)) != null) {
                throw OnnxFault.inTensor(file, tensor.getName(), "it is there twice");
            }
        }
        return tensors;
    }

    private StoredTensor stored(TensorProto tensor) {
        TensorShape shape = shape(tensor);
        TensorProto.DataType type =
                Optional.ofNullable(TensorProto.DataType.forNumber(tensor.getDataType()))
                        .orElse(TensorProto.DataType.UNDEFINED);
        FloatValues values =
                ENCODINGS.containsKey(type)
                        ? values(tensor, shape, ENCODINGS.get(type))
                        : refused(tensor.getName(), "type " + type + " cannot be read as float");
        return new StoredTensor(shape, values);
    }

    private TensorShape shape(TensorProto tensor) {
        try {
            TensorShape shape = new TensorShape(tensor.getDimsList());
            shape.elements();
            return shape;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw OnnxFault.inFile(
                    file,
                    "tensor '" + tensor.getName() + "': impossible shape " + tensor.getDimsList(),
                    e);
        }
    }

    private FloatValues values(TensorProto tensor, TensorShape shape, FloatEncoding encoding) {
        if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
            Region region = externalData.region(tensor);
            requireSize(tensor, shape, encoding.width(), region.length());
            return new EncodedFloats(region.bytes(), region.position(), encoding);
        }
        if (encoding == FloatEncoding.F32 && tensor.getFloatDataCount() > 0) {
            List<Float> listed = tensor.getFloatDataList();
            requireSize(tensor, shape, Float.BYTES, (long) listed.size() * Float.BYTES);
            return (first, target, offset, count) -> {
                for (int index = 0; index < count; index++) {
                    target[offset + index] = listed.get((int) first + index);
                }
            };
        }
        if (tensor.getInt32DataCount() > 0 || tensor.getDoubleDataCount() > 0) {
            return refused(tensor.getName(), "only raw_data, float_data or a file are read");
        }
        requireSize(tensor, shape, encoding.width(), tensor.getRawData().size());
        return new EncodedFloats(new ByteStringBytes(tensor.getRawData()), 0, encoding);
    }

    private void requireSize(TensorProto tensor, TensorShape shape, int width, long bytes) {
        if (bytes % width != 0 || bytes / width != shape.elements()) {
            throw OnnxFault.inTensor(
                    file,
                    tensor.getName(),
                    "shape " + shape + " does not fill its " + bytes + " bytes");
        }
    }

    private FloatValues refused(String name, String reason) {
        return (first, target, offset, count) -> {
            throw OnnxFault.inTensor(file, name, reason);
        };
    }
}
