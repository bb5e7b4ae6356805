package dev.ortune.graph.op;

import java.util.List;

/** The Euclidean norm of several tensors taken as one vector: {@code √Σ v²}. */
public final class GlobalNorm {

    private GlobalNorm() {}

    /**
     * Emits the norm; its terms are added in the tensors' order.
     *
     * @return shape [1]
     */
    public static String of(GraphBuilder graph, List<String> tensors) {
        return root(graph, squares(graph, tensors));
    }

    /** Each tensor's sum of squares, shape [tensors]. */
    static String squares(GraphBuilder graph, List<String> tensors) {
        List<String> squares =
                tensors.stream()
                        .map(t -> graph.node("ReduceSumSquare", List.of(flat(graph, t))))
                        .toList();
        return graph.node("Concat", squares, Attributes.of("axis", 0));
    }

    /** The root of all sums of squares together, shape [1]. */
    static String root(GraphBuilder graph, String squares) {
        return graph.node("Sqrt", List.of(graph.node("ReduceSum", List.of(squares))));
    }

    private static String flat(GraphBuilder graph, String tensor) {
        return graph.node("Reshape", List.of(tensor, graph.int64s("shape_flat", -1)));
    }
}
