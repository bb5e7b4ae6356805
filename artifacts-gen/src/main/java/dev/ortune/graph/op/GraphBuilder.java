package dev.ortune.graph.op;

import dev.ortune.checkpoint.TensorShape;
import dev.ortune.onnx.proto.AttributeProto;
import dev.ortune.onnx.proto.GraphProto;
import dev.ortune.onnx.proto.NodeProto;
import dev.ortune.onnx.proto.StringStringEntryProto;
import dev.ortune.onnx.proto.TensorProto;
import dev.ortune.onnx.proto.TensorProto.DataType;
import dev.ortune.onnx.proto.TensorShapeProto;
import dev.ortune.onnx.proto.TypeProto;
import dev.ortune.onnx.proto.ValueInfoProto;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Collects nodes, inputs, outputs and initializers of one ONNX graph, in topological order, giving
 * every intermediate value a unique name.
 *
 * <p>Not thread-safe: one thread builds one graph.
 */
public final class GraphBuilder {

    /** The domain of ONNX Runtime's own operators. */
    public static final String MICROSOFT = "com.microsoft";

    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final Set<String> initializers = new LinkedHashSet<>();
    private final Set<String> inputs = new LinkedHashSet<>();
    private int nodeCount;

    /** Names the graph. */
    public GraphBuilder(String name) {
        graph.setName(name);
    }

    /** Adds a node of the ONNX domain with one output and returns the output's name. */
    public String node(String operator, List<String> nodeInputs, AttributeProto... attributes) {
        return nodes("", operator, nodeInputs, 1, attributes).get(0);
    }

    /** Adds a node of ONNX Runtime's domain with one output and returns the output's name. */
    public String microsoftNode(
            String operator, List<String> nodeInputs, AttributeProto... attributes) {
        return nodes(MICROSOFT, operator, nodeInputs, 1, attributes).get(0);
    }

    /** Adds a node with several outputs and returns their names. */
    public List<String> nodes(
            String domain,
            String operator,
            List<String> nodeInputs,
            int outputCount,
            AttributeProto... attributes) {
        String name = operator + "_" + nodeCount;
        List<String> outputs =
                IntStream.range(0, outputCount).mapToObj(i -> name + "_" + i).toList();
        addNode(domain, operator, nodeInputs, outputs, attributes);
        return outputs;
    }

    /** Adds a node whose outputs the caller names. */
    public void addNode(
            String domain,
            String operator,
            List<String> nodeInputs,
            List<String> outputs,
            AttributeProto... attributes) {
        graph.addNode(
                NodeProto.newBuilder()
                        .setName(operator + "_" + nodeCount)
                        .setOpType(operator)
                        .setDomain(domain)
                        .addAllInput(nodeInputs)
                        .addAllOutput(outputs)
                        .addAllAttribute(List.of(attributes)));
        nodeCount++;
    }

    /** Adds a graph input once; a dimension is a number or a symbolic name. */
    public String input(String name, DataType type, Object... dimensions) {
        if (inputs.add(name)) {
            graph.addInput(valueInfo(name, type, dimensions));
        }
        return name;
    }

    /** Adds a graph input that is a sequence of float32 tensors. */
    public String sequenceInput(String name) {
        if (inputs.add(name)) {
            TypeProto element =
                    TypeProto.newBuilder()
                            .setTensorType(
                                    TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT_VALUE))
                            .build();
            graph.addInput(
                    ValueInfoProto.newBuilder()
                            .setName(name)
                            .setType(
                                    TypeProto.newBuilder()
                                            .setSequenceType(
                                                    TypeProto.Sequence.newBuilder()
                                                            .setElemType(element))));
        }
        return name;
    }

    /** Declares a graph output. */
    public void output(String name, DataType type, Object... dimensions) {
        graph.addOutput(valueInfo(name, type, dimensions));
    }

    /** Copies a value to a graph output of the given name. */
    public void outputAs(String value, String name, DataType type, Object... dimensions) {
        addNode("", "Identity", List.of(value), List.of(name));
        output(name, type, dimensions);
    }

    /** An int64 vector constant, shared by name. */
    public String int64s(String name, long... values) {
        if (initializers.add(name)) {
            TensorProto.Builder tensor =
                    TensorProto.newBuilder()
                            .setName(name)
                            .setDataType(DataType.INT64_VALUE)
                            .addDims(values.length);
            for (long value : values) {
                tensor.addInt64Data(value);
            }
            graph.addInitializer(tensor);
        }
        return name;
    }

    /** An int64 scalar constant, shared by name. */
    public String int64Scalar(String name, long value) {
        if (initializers.add(name)) {
            graph.addInitializer(
                    TensorProto.newBuilder()
                            .setName(name)
                            .setDataType(DataType.INT64_VALUE)
                            .addInt64Data(value));
        }
        return name;
    }

    /** A float32 scalar constant, shared by name. */
    public String floatScalar(String name, float value) {
        if (initializers.add(name)) {
            graph.addInitializer(
                    TensorProto.newBuilder()
                            .setName(name)
                            .setDataType(DataType.FLOAT_VALUE)
                            .addFloatData(value));
        }
        return name;
    }

    /** A float32 vector constant, shared by name. */
    public String floats(String name, List<Float> values) {
        if (initializers.add(name)) {
            graph.addInitializer(
                    TensorProto.newBuilder()
                            .setName(name)
                            .setDataType(DataType.FLOAT_VALUE)
                            .addDims(values.size())
                            .addAllFloatData(values));
        }
        return name;
    }

    /** A boolean scalar constant, shared by name. */
    public String bool(String name, boolean value) {
        if (initializers.add(name)) {
            graph.addInitializer(
                    TensorProto.newBuilder()
                            .setName(name)
                            .setDataType(DataType.BOOL_VALUE)
                            .addInt32Data(value ? 1 : 0));
        }
        return name;
    }

    /**
     * A frozen float32 weight in the external-data file that every graph of a base shares (ONNX IR,
     * <i>External Tensor Data</i>).
     */
    public String external(String name, TensorShape shape, String file, long offset) {
        return external(name, DataType.FLOAT, shape, file, offset);
    }

    /** The same, of values of a type that is {@code FLOAT} or has one byte per value. */
    public String external(
            String name, DataType type, TensorShape shape, String file, long offset) {
        long width = type == DataType.FLOAT ? Float.BYTES : Byte.BYTES;
        if (initializers.add(name)) {
            graph.addInitializer(
                    TensorProto.newBuilder()
                            .setName(name)
                            .setDataType(type.getNumber())
                            .addAllDims(shape.dimensions())
                            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                            .addExternalData(entry("location", file))
                            .addExternalData(entry("offset", Long.toString(offset)))
                            .addExternalData(
                                    entry("length", Long.toString(shape.elements() * width))));
        }
        return name;
    }

    /** The finished graph. */
    public GraphProto build() {
        return graph.build();
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    private static ValueInfoProto valueInfo(String name, DataType type, Object... dimensions) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (Object dimension : dimensions) {
            if (dimension instanceof Number number) {
                shape.addDimBuilder().setDimValue(number.longValue());
            } else {
                shape.addDimBuilder().setDimParam(dimension.toString());
            }
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(
                        TypeProto.newBuilder()
                                .setTensorType(
                                        TypeProto.Tensor.newBuilder()
                                                .setElemType(type.getNumber())
                                                .setShape(shape)))
                .build();
    }
}
