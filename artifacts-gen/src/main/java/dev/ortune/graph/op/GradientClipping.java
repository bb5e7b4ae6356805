package dev.ortune.graph.op;

import java.util.ArrayList;
import java.util.List;

/**
 * Clipping by the global norm (Pascanu et al. 2013, arXiv:1211.5063), as PyTorch's {@code
 * clip_grad_norm_}: every gradient times {@code min(1, limit / (norm + 1e-6))}.
 *
 * <p>ONNX Runtime hands the gradients over in an order that differs from session to session, and its
 * InplaceClipGradNorm adds their squares up in that order, so the last digits would differ as well.
 * Here the sums of squares are sorted before they are added: equal runs get equal numbers.
 */
public final class GradientClipping {

    private static final float EPSILON = 1e-6f;

    private GradientClipping() {}

    /**
     * Emits the operation.
     *
     * @param gradients a sequence of so many tensors
     * @return the clipped gradients, a sequence in the same order
     */
    public static String apply(
            GraphBuilder graph, String gradients, int count, double largestNorm) {
        List<String> tensors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tensors.add(
                    graph.node(
                            "SequenceAt", List.of(gradients, graph.int64Scalar("index_" + i, i))));
        }
        String factor = factor(graph, norm(graph, tensors), largestNorm);
        List<String> clipped =
                tensors.stream().map(t -> graph.node("Mul", List.of(t, factor))).toList();
        return graph.node("SequenceConstruct", clipped);
    }

    /** The gradients' norm, its terms sorted, shape [1]. */
    private static String norm(GraphBuilder graph, List<String> tensors) {
        String squares = GlobalNorm.squares(graph, tensors);
        String sorted =
                graph.nodes(
                                "",
                                "TopK",
                                List.of(squares, graph.int64s("tensor_count", tensors.size())),
                                2)
                        .get(0);
        return GlobalNorm.root(graph, sorted);
    }

    private static String factor(GraphBuilder graph, String norm, double largestNorm) {
        String safe = graph.node("Add", List.of(norm, graph.floatScalar("epsilon", EPSILON)));
        String ratio =
                graph.node(
                        "Div",
                        List.of(graph.floatScalar("largest_norm", (float) largestNorm), safe));
        return graph.node("Min", List.of(ratio, graph.floatScalar("one", 1)));
    }
}
