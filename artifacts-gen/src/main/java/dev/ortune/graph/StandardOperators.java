package dev.ortune.graph;

import dev.ortune.graph.op.Attributes;
import dev.ortune.graph.op.GraphBuilder;
import dev.ortune.onnx.proto.AttributeProto;
import dev.ortune.onnx.proto.GraphProto;
import dev.ortune.onnx.proto.NodeProto;
import dev.ortune.onnx.proto.TensorProto;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes the operators of ONNX Runtime's own domain that a forward pass has as operators of ONNX, for
 * runtimes that lack them. ONNX Runtime finds and fuses them again.
 *
 * <pre>
 * Gelu(x)                   = ½ x (1 + erf(x / √2))
 * FusedMatMul(a, b, α, bᵀ)  = (α a) bᵀ
 * </pre>
 */
final class StandardOperators {

    private final GraphProto.Builder rewritten;
    private final Set<String> scalars = new HashSet<>();
    private int added;

    private StandardOperators(GraphProto graph) {
        this.rewritten = graph.toBuilder().clearNode();
    }

    /** The same graph in ONNX's own operators. */
    static GraphProto rewrite(GraphProto graph) {
        StandardOperators operators = new StandardOperators(graph);
        graph.getNodeList().forEach(operators::add);
        return operators.rewritten.build();
    }

    private void add(NodeProto node) {
        if (!node.getDomain().equals(GraphBuilder.MICROSOFT)) {
            rewritten.addNode(node);
            return;
        }
        switch (node.getOpType()) {
            case "Gelu" -> gelu(node);
            case "FusedMatMul" -> matMul(node);
            default ->
                    throw new IllegalStateException(
                            "no operator of ONNX stands in for " + node.getOpType());
        }
    }

    private void gelu(NodeProto node) {
        String x = node.getInput(0);
        String scaled = node("Div", List.of(x, scalar("standard_sqrt_2", (float) Math.sqrt(2))));
        String doubled =
                node("Add", List.of(node("Erf", List.of(scaled)), scalar("standard_one", 1f)));
        emit(
                "Mul",
                List.of(node("Mul", List.of(x, doubled)), scalar("standard_half", 0.5f)),
                node.getOutput(0));
    }

    private void matMul(NodeProto node) {
        String a = node.getInput(0);
        String b = node.getInput(1);
        for (AttributeProto attribute : node.getAttributeList()) {
            switch (attribute.getName()) {
                case "alpha" ->
                        a =
                                node(
                                        "Mul",
                                        List.of(
                                                a,
                                                scalar(
                                                        "standard_alpha_" + attribute.getF(),
                                                        attribute.getF())));
                case "transB" ->
                        b = node("Transpose", List.of(b), Attributes.integers("perm", 0, 1, 3, 2));
                default ->
                        throw new IllegalStateException(
                                "no MatMul has the attribute " + attribute.getName());
            }
        }
        emit("MatMul", List.of(a, b), node.getOutput(0));
    }

    private String node(String operator, List<String> inputs, AttributeProto... attributes) {
        String output = "standard_" + operator + "_" + added;
        emit(operator, inputs, output, attributes);
        return output;
    }

    private void emit(
            String operator, List<String> inputs, String output, AttributeProto... attributes) {
        rewritten.addNode(
                NodeProto.newBuilder()
                        .setName("standard_" + operator + "_" + added)
                        .setOpType(operator)
                        .addAllInput(inputs)
                        .addOutput(output)
                        .addAllAttribute(List.of(attributes)));
        added++;
    }

    private String scalar(String name, float value) {
        if (scalars.add(name)) {
            rewritten.addInitializer(
                    TensorProto.newBuilder()
                            .setName(name)
                            .setDataType(TensorProto.DataType.FLOAT_VALUE)
                            .addFloatData(value));
        }
        return name;
    }
}
