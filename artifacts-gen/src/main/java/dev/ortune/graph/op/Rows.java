package dev.ortune.graph.op;

/** What the rows of a tensor {@code [rows, width]} stand for. */
public enum Rows {
    /** One row per token of the batch. */
    TOKENS("tokens"),
    /** One row per text of the batch. */
    TEXTS("batch"),
    /** Neither: weights, indices, heads, losses. */
    OTHER("");

    private final String dimension;

    Rows(String dimension) {
        this.dimension = dimension;
    }

    /** The symbolic dimension of graph inputs with such rows. */
    String dimension() {
        return dimension;
    }
}
