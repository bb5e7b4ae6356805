package dev.ortune.graph.op;

import java.util.List;

/**
 * How flat rows become attention heads {@code [batch, heads, positions, headSize]} and back; each
 * direction beside its gradient.
 */
public sealed interface HeadLayout {

    /** Rows to heads. */
    String split(GraphBuilder graph, String rows);

    /** Heads to rows. */
    String merge(GraphBuilder graph, String heads);

    /** Gradient of {@link #split}: heads' gradient to rows' gradient. */
    String splitGradient(GraphBuilder graph, String headsGradient);

    /** Gradient of {@link #merge}: rows' gradient to heads' gradient. */
    String mergeGradient(GraphBuilder graph, String rowsGradient);

    /**
     * Ragged texts: rows are the flat tokens {@code [tokens, hidden]}; only here, inside attention,
     * do texts stand padded to the batch's longest.
     *
     * <p>{@code padIndex [batch, positions]} names each slot's token (any token in a padded slot),
     * {@code unpadIndex [tokens]} each token's slot, {@code slotMask [batch, positions, 1]} is 1 in
     * real slots. Padded slots receive a copy in the forward pass, which the attention bias hides;
     * in the backward pass their gradient must be zero, since no row came out of them.
     */
    record Padded(Value padIndex, Value unpadIndex, Value slotMask, int heads, int headSize)
            implements HeadLayout {

        @Override
        public String split(GraphBuilder graph, String rows) {
            return toHeads(graph, gatherSlots(graph, rows));
        }

        @Override
        public String merge(GraphBuilder graph, String headsValue) {
            String transposed =
                    graph.node(
                            "Transpose",
                            List.of(headsValue),
                            Attributes.integers("perm", 0, 2, 1, 3));
            String slots =
                    graph.node(
                            "Reshape",
                            List.of(
                                    transposed,
                                    graph.int64s("shape_rows", -1, (long) heads * headSize)));
            return graph.node(
                    "Gather", List.of(slots, unpadIndex.name()), Attributes.of("axis", 0));
        }

        @Override
        public String splitGradient(GraphBuilder graph, String headsGradient) {
            return merge(graph, headsGradient);
        }

        @Override
        public String mergeGradient(GraphBuilder graph, String rowsGradient) {
            String slots = gatherSlots(graph, rowsGradient);
            return toHeads(graph, graph.node("Mul", List.of(slots, slotMask.name())));
        }

        private String gatherSlots(GraphBuilder graph, String rows) {
            return graph.node("Gather", List.of(rows, padIndex.name()), Attributes.of("axis", 0));
        }

        private String toHeads(GraphBuilder graph, String slots) {
            String split =
                    graph.node(
                            "Reshape",
                            List.of(slots, graph.int64s("shape_heads", 0, 0, heads, headSize)));
            return graph.node("Transpose", List.of(split), Attributes.integers("perm", 0, 2, 1, 3));
        }
    }

    /** One row per text: rows are {@code [batch, hidden]}, each with one position. */
    record OneRow(int heads, int headSize) implements HeadLayout {

        @Override
        public String split(GraphBuilder graph, String rows) {
            return graph.node(
                    "Reshape",
                    List.of(rows, graph.int64s("shape_one_row_heads", -1, heads, 1, headSize)));
        }

        @Override
        public String merge(GraphBuilder graph, String headsValue) {
            return graph.node(
                    "Reshape",
                    List.of(headsValue, graph.int64s("shape_rows", -1, (long) heads * headSize)));
        }

        @Override
        public String splitGradient(GraphBuilder graph, String headsGradient) {
            return merge(graph, headsGradient);
        }

        @Override
        public String mergeGradient(GraphBuilder graph, String rowsGradient) {
            return split(graph, rowsGradient);
        }
    }
}
