package dev.ortune.graph.op;

import java.util.List;

/**
 * How flat rows become attention heads {@code [batch, heads, positions, headSize]} and back; each
 * direction beside its gradient.
 */
public sealed interface HeadLayout {

    /** What the rows stand for. */
    Rows rows();

    /** The shape of the attention probabilities that queries in this layout have. */
    MaskShape scores();

    /**
     * Whether {@link #split} leaves the heads where the rows have them, {@code [positions, heads,
     * headSize]} of a single text, for products to turn round ({@code FusedMatMul}'s transBatch).
     */
    default boolean turnedByProducts() {
        return false;
    }

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
     * <p>Either direction is one gather of heads, {@code headSize} values each: {@code slotHeads
     * [batch, heads, positions]} names each slot's head among the tokens' heads (any token's in a
     * padded slot), {@code tokenHeads [tokens, heads]} each token's heads among the slots'. {@code
     * slotMask [batch, positions, 1]} is 1 in real slots. Padded slots receive a copy in the forward
     * pass, which the attention bias hides; in the backward pass their gradient must be zero, since
     * no row came out of them.
     */
    record Padded(String slotHeads, String tokenHeads, Value slotMask, int heads, int headSize)
            implements HeadLayout {

        @Override
        public Rows rows() {
            return Rows.TOKENS;
        }

        @Override
        public MaskShape scores() {
            return new MaskShape.OfScores(heads, true);
        }

        @Override
        public String split(GraphBuilder graph, String rows) {
            return gatherHeads(graph, rows, slotHeads);
        }

        @Override
        public String merge(GraphBuilder graph, String headsValue) {
            String gathered = gatherHeads(graph, headsValue, tokenHeads);
            return graph.node(
                    "Reshape",
                    List.of(gathered, graph.int64s("shape_rows", -1, (long) heads * headSize)));
        }

        @Override
        public String splitGradient(GraphBuilder graph, String headsGradient) {
            return merge(graph, headsGradient);
        }

        @Override
        public String mergeGradient(GraphBuilder graph, String rowsGradient) {
            String mask =
                    graph.node("Unsqueeze", List.of(slotMask.name(), graph.int64s("axis_1", 1)));
            return graph.node("Mul", List.of(split(graph, rowsGradient), mask));
        }

        private String gatherHeads(GraphBuilder graph, String values, String index) {
            String flat =
                    graph.node(
                            "Reshape", List.of(values, graph.int64s("shape_heads", -1, headSize)));
            return graph.node("Gather", List.of(flat, index), Attributes.of("axis", 0));
        }
    }

    /** One row per text: rows are {@code [batch, hidden]}, each with one position. */
    record OneRow(int heads, int headSize) implements HeadLayout {

        @Override
        public Rows rows() {
            return Rows.TEXTS;
        }

        @Override
        public MaskShape scores() {
            return new MaskShape.OfScores(heads, false);
        }

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

    /**
     * One text alone, whose rows need neither padding nor gathering: heads are a view of them, and only
     * the context is transposed. Forward only.
     *
     * @param rows all tokens, or [CLS]
     */
    record Lone(Rows rows, int heads, int headSize) implements HeadLayout {

        @Override
        public MaskShape scores() {
            return new MaskShape.OfScores(heads, false);
        }

        @Override
        public boolean turnedByProducts() {
            return true;
        }

        @Override
        public String split(GraphBuilder graph, String rowsValue) {
            return graph.node(
                    "Reshape",
                    List.of(rowsValue, graph.int64s("shape_lone_heads", -1, heads, headSize)));
        }

        /** From {@code [heads, positions, headSize]}, as products leave it. */
        @Override
        public String merge(GraphBuilder graph, String headsValue) {
            String turned =
                    graph.node(
                            "Transpose", List.of(headsValue), Attributes.integers("perm", 1, 0, 2));
            return graph.node(
                    "Reshape",
                    List.of(turned, graph.int64s("shape_rows", -1, (long) heads * headSize)));
        }

        @Override
        public String splitGradient(GraphBuilder graph, String headsGradient) {
            throw new IllegalStateException("a text alone is never trained");
        }

        @Override
        public String mergeGradient(GraphBuilder graph, String rowsGradient) {
            throw new IllegalStateException("a text alone is never trained");
        }
    }
}
