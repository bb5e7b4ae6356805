package dev.ortune.graph.op;

import dev.ortune.onnx.proto.TensorProto;
import java.util.List;

/**
 * Picks each text's first token, [CLS], from the flat tokens: {@code y[b] = x[clsIndex[b]]}, x
 * {@code [tokens, hidden]} to y {@code [batch, hidden]}.
 *
 * <p>{@code dx = scatter-add of dy at clsIndex}, onto the gradient that other paths brought.
 */
public final class FirstTokens {

    private FirstTokens() {}

    /** Emits the selection. */
    public static Value apply(Tape tape, Value x, Value clsIndex) {
        GraphBuilder graph = tape.graph();
        return tape.record(
                graph.node("Gather", List.of(x.name(), clsIndex.name()), Attributes.of("axis", 0)),
                Rows.TEXTS,
                x.requiresGradient(),
                dy ->
                        tape.accumulateInto(
                                x,
                                sum ->
                                        graph.node(
                                                "ScatterND",
                                                List.of(
                                                        sum.orElseGet(() -> zerosLike(graph, x)),
                                                        asColumn(graph, clsIndex),
                                                        dy),
                                                Attributes.of("reduction", "add"))));
    }

    private static String asColumn(GraphBuilder graph, Value index) {
        return graph.node("Unsqueeze", List.of(index.name(), graph.int64s("axis_1", 1)));
    }

    private static String zerosLike(GraphBuilder graph, Value x) {
        TensorProto zero =
                TensorProto.newBuilder()
                        .setDataType(TensorProto.DataType.FLOAT_VALUE)
                        .addDims(1)
                        .addFloatData(0f)
                        .build();
        return graph.node(
                "ConstantOfShape",
                List.of(graph.node("Shape", List.of(x.name()))),
                Attributes.of("value", zero));
    }
}
