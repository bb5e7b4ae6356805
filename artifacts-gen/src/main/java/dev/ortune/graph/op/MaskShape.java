package dev.ortune.graph.op;

/** The shape of a dropout mask, known once a batch is. */
public sealed interface MaskShape {

    /** The dimensions of a graph input, numbers or symbolic names. */
    Object[] dimensions();

    /** The mask's shape for a batch. */
    long[] of(BatchSize batch);

    /**
     * A mask of rows {@code [rows, width]}.
     *
     * @param rows what they stand for
     * @param width values in each
     */
    record OfRows(Rows rows, long width) implements MaskShape {

        @Override
        public Object[] dimensions() {
            return new Object[] {rows.dimension(), width};
        }

        @Override
        public long[] of(BatchSize batch) {
            return switch (rows) {
                case TOKENS -> new long[] {batch.tokens(), width};
                case TEXTS -> new long[] {batch.texts(), width};
                case OTHER -> throw new IllegalStateException("rows of no batch have no mask");
            };
        }
    }

    /**
     * A mask of attention's probabilities, {@code [batch, heads, queries, positions]}.
     *
     * @param heads of the layer
     * @param everyQuery whether all positions ask, or one row per text
     */
    record OfScores(int heads, boolean everyQuery) implements MaskShape {

        @Override
        public Object[] dimensions() {
            return new Object[] {"batch", heads, everyQuery ? "positions" : 1, "positions"};
        }

        @Override
        public long[] of(BatchSize batch) {
            return new long[] {
                batch.texts(), heads, everyQuery ? batch.positions() : 1, batch.positions()
            };
        }
    }
}
