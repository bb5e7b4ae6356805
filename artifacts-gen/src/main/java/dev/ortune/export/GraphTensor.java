package dev.ortune.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import dev.ortune.onnx.proto.TensorProto;
import dev.ortune.onnx.proto.TensorShapeProto;
import dev.ortune.onnx.proto.TypeProto;
import dev.ortune.onnx.proto.ValueInfoProto;
import java.util.List;

/**
 * An input or output of a graph, as the manifest describes it.
 *
 * @param name its name
 * @param type {@code float32}, {@code int64}, {@code bool} or {@code sequence(float32)}
 * @param shape its dimensions: numbers, or names of those that vary per run; empty for a scalar and
 *     for a sequence
 */
public record GraphTensor(String name, String type, List<JsonNode> shape) {

    public GraphTensor {
        // One kind of number node, so that a manifest that was read equals the one written.
        shape =
                shape.stream()
                        .map(
                                dimension ->
                                        dimension.isNumber()
                                                ? LongNode.valueOf(dimension.longValue())
                                                : dimension)
                        .toList();
    }

    static GraphTensor of(ValueInfoProto value) {
        TypeProto type = value.getType();
        if (type.hasSequenceType()) {
            int element = type.getSequenceType().getElemType().getTensorType().getElemType();
            return new GraphTensor(
                    value.getName(), "sequence(" + elementType(element) + ")", List.of());
        }
        return new GraphTensor(
                value.getName(),
                elementType(type.getTensorType().getElemType()),
                type.getTensorType().getShape().getDimList().stream()
                        .map(GraphTensor::dimension)
                        .toList());
    }

    private static JsonNode dimension(TensorShapeProto.Dimension dimension) {
        return dimension.hasDimParam()
                ? JsonNodeFactory.instance.textNode(dimension.getDimParam())
                : JsonNodeFactory.instance.numberNode(dimension.getDimValue());
    }

    private static String elementType(int onnxType) {
        return switch (TensorProto.DataType.forNumber(onnxType)) {
            case FLOAT -> "float32";
            case INT64 -> "int64";
            case BOOL -> "bool";
            default -> throw new IllegalArgumentException("element type " + onnxType);
        };
    }
}
