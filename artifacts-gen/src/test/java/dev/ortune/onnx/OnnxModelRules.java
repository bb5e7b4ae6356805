package dev.ortune.onnx;

import dev.ortune.onnx.proto.AttributeProto;
import dev.ortune.onnx.proto.GraphProto;
import dev.ortune.onnx.proto.ModelProto;
import dev.ortune.onnx.proto.NodeProto;
import dev.ortune.onnx.proto.OperatorSetIdProto;
import dev.ortune.onnx.proto.StringStringEntryProto;
import dev.ortune.onnx.proto.TensorProto;
import dev.ortune.onnx.proto.TypeProto;
import dev.ortune.onnx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules of a well-formed ONNX model (onnx/docs/IR.md and onnx/checker.cc), and of a tidy one:
 * nothing in it is without use. tools/oracle/check_onnx.py asks ONNX's own checker.
 */
public final class OnnxModelRules {

    private static final long OPSET = 17;
    private static final long FIRST_IR_WITH_OPSET_17 = 8;

    private final ModelProto model;
    private final GraphProto graph;
    private final Map<String, Long> externalFileBytes;
    private final List<String> violations = new ArrayList<>();

    private OnnxModelRules(ModelProto model, Map<String, Long> externalFileBytes) {
        this.model = model;
        this.graph = model.getGraph();
        this.externalFileBytes = externalFileBytes;
    }

    /**
     * Every rule that a model breaks, in words.
     *
     * @param externalFileBytes the size of the weights file
     */
    public static List<String> violations(ModelProto model, long externalFileBytes) {
        return violations(model, Map.of("weights.bin", externalFileBytes));
    }

    /**
     * Every rule that a model breaks, in words.
     *
     * @param externalFileBytes the sizes of the weights files, by name
     */
    public static List<String> violations(ModelProto model, Map<String, Long> externalFileBytes) {
        OnnxModelRules rules = new OnnxModelRules(model, externalFileBytes);
        rules.versions();
        rules.types();
        rules.names();
        rules.initializers();
        rules.nodes();
        rules.everythingIsUsed();
        return rules.violations;
    }

    private void require(boolean condition, String rule) {
        if (!condition) {
            violations.add(rule);
        }
    }

    private void versions() {
        require(model.getIrVersion() >= FIRST_IR_WITH_OPSET_17, "IR version fits the opset");
        require(!graph.getName().isEmpty(), "the graph has a name");
        Map<String, Long> opsets = new HashMap<>();
        for (OperatorSetIdProto opset : model.getOpsetImportList()) {
            require(
                    opsets.put(opset.getDomain(), opset.getVersion()) == null,
                    "domain \"" + opset.getDomain() + "\" is imported once");
        }
        require(opsets.getOrDefault("", 0L) == OPSET, "opset 17 of ONNX is imported");
        for (NodeProto node : graph.getNodeList()) {
            require(
                    opsets.containsKey(node.getDomain()),
                    node.getName() + ": its domain is imported");
        }
    }

    private void types() {
        Stream.concat(graph.getInputList().stream(), graph.getOutputList().stream())
                .forEach(
                        value ->
                                require(
                                        isTyped(value),
                                        value.getName() + ": has an element type and a shape"));
    }

    private static boolean isTyped(ValueInfoProto value) {
        TypeProto type = value.getType();
        return type.hasSequenceType()
                ? type.getSequenceType().getElemType().getTensorType().getElemType() != 0
                : type.getTensorType().getElemType() != 0
                        && type.getTensorType().hasShape()
                        && type.getTensorType().getShape().getDimList().stream()
                                .allMatch(d -> d.hasDimValue() || !d.getDimParam().isEmpty());
    }

    /** Single assignment, and use only after definition: the nodes are sorted. */
    private void names() {
        Set<String> defined = new HashSet<>();
        graph.getInputList().forEach(input -> define(defined, input.getName(), "graph input"));
        graph.getInitializerList()
                .forEach(tensor -> define(defined, tensor.getName(), "initializer"));
        Set<String> nodeNames = new HashSet<>();
        for (NodeProto node : graph.getNodeList()) {
            require(!node.getName().isEmpty(), "every node has a name");
            require(nodeNames.add(node.getName()), node.getName() + ": its name is its own");
            for (String input : node.getInputList()) {
                require(
                        input.isEmpty() || defined.contains(input),
                        node.getName() + ": its input " + input + " is defined before");
            }
            node.getOutputList().forEach(output -> define(defined, output, node.getName()));
        }
        Set<String> outputs = new HashSet<>();
        for (ValueInfoProto output : graph.getOutputList()) {
            require(defined.contains(output.getName()), output.getName() + ": is produced");
            require(outputs.add(output.getName()), output.getName() + ": is an output once");
        }
    }

    private void define(Set<String> defined, String name, String by) {
        require(!name.isEmpty(), by + ": its output has a name");
        require(defined.add(name), name + ": is defined once, not again by " + by);
    }

    private void initializers() {
        for (TensorProto tensor : graph.getInitializerList()) {
            long elements = tensor.getDimsList().stream().reduce(1L, Math::multiplyExact);
            if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
                externalTensor(tensor, elements);
            } else {
                long held = tensor.getRawData().isEmpty() ? listed(tensor) : rawFloats(tensor);
                require(held == elements, tensor.getName() + ": holds what its shape says");
            }
        }
    }

    private static long listed(TensorProto tensor) {
        return switch (TensorProto.DataType.forNumber(tensor.getDataType())) {
            case FLOAT -> tensor.getFloatDataCount();
            case INT64 -> tensor.getInt64DataCount();
            case BOOL -> tensor.getInt32DataCount();
            default -> -1;
        };
    }

    private static long rawFloats(TensorProto tensor) {
        return tensor.getDataType() == TensorProto.DataType.FLOAT_VALUE
                ? tensor.getRawData().size() / Float.BYTES
                : -1;
    }

    private void externalTensor(TensorProto tensor, long elements) {
        Map<String, String> entries =
                tensor.getExternalDataList().stream()
                        .collect(
                                Collectors.toMap(
                                        StringStringEntryProto::getKey,
                                        StringStringEntryProto::getValue));
        String name = tensor.getName();
        String location = entries.getOrDefault("location", "/");
        long offset = Long.parseLong(entries.getOrDefault("offset", "0"));
        long length = Long.parseLong(entries.getOrDefault("length", "-1"));
        int width =
                switch (TensorProto.DataType.forNumber(tensor.getDataType())) {
                    case FLOAT -> Float.BYTES;
                    case INT8 -> Byte.BYTES;
                    default -> 0;
                };
        require(width > 0, name + ": weights are float32 or int8");
        require(!location.contains("/"), name + ": its data are beside the graph");
        require(length == elements * width, name + ": its length fits its shape");
        require(
                offset >= 0 && offset + length <= externalFileBytes.getOrDefault(location, 0L),
                name + ": lies in the file");
        require(
                tensor.getFloatDataCount() == 0 && tensor.getRawData().isEmpty(),
                name + ": its data are outside only");
    }

    private void nodes() {
        Map<String, OperatorSignature> onnx = OperatorSignature.onnx17();
        Map<String, OperatorSignature> microsoft = OperatorSignature.microsoft1();
        for (NodeProto node : graph.getNodeList()) {
            OperatorSignature signature =
                    (node.getDomain().isEmpty() ? onnx : microsoft).get(node.getOpType());
            if (signature == null) {
                violations.add(node.getName() + ": its operator exists in opset 17");
            } else {
                node(node, signature);
            }
        }
    }

    private void node(NodeProto node, OperatorSignature signature) {
        String name = node.getName();
        require(
                signature.inputs().holds(node.getInputCount()),
                name + ": " + node.getInputCount() + " inputs");
        require(
                signature.outputs().holds(node.getOutputCount()),
                name + ": " + node.getOutputCount() + " outputs");
        Set<String> given = new HashSet<>();
        for (AttributeProto attribute : node.getAttributeList()) {
            require(
                    given.add(attribute.getName()),
                    name + ": attribute " + attribute.getName() + " is given once");
            require(
                    attribute.getType() == signature.attributes().get(attribute.getName()),
                    name + ": attribute " + attribute.getName() + " has its type");
        }
        require(given.containsAll(signature.required()), name + ": has " + signature.required());
    }

    private void everythingIsUsed() {
        Set<String> used = new HashSet<>();
        graph.getOutputList().forEach(output -> used.add(output.getName()));
        graph.getNodeList().forEach(node -> used.addAll(node.getInputList()));
        for (TensorProto tensor : graph.getInitializerList()) {
            require(used.contains(tensor.getName()), tensor.getName() + ": initializer is used");
        }
        for (ValueInfoProto input : graph.getInputList()) {
            require(used.contains(input.getName()), input.getName() + ": input is used");
        }
        for (NodeProto node : graph.getNodeList()) {
            require(
                    node.getOutputList().stream().anyMatch(used::contains),
                    node.getName() + ": its result is used");
        }
    }
}
