package dev.ortune.graph.op;

import java.util.List;
import java.util.Optional;

/**
 * The low-rank updates of all adapters in a batch, added to a frozen layer's result in one go:
 * {@code y = f + where(M, x Aᵀ, 0) B}.
 *
 * <p>A {@code [ranks, in]} and B {@code [ranks, out]} hold the adapters' matrices one below the
 * other, B transposed and multiplied by alpha / rank; M {@code [rows, ranks]} is true where a row's
 * text is the rank's adapter's, so that every row gets its own adapter's update (as in Punica, Chen
 * et al. 2023, arXiv:2310.18547, for few ranks and without its gather). Forward only.
 *
 * <p>A choice and not a product with 0 and 1: what one adapter makes infinite must not become another
 * one's NaN.
 */
public final class BatchedLora {

    private BatchedLora() {}

    /**
     * Adds the updates to {@code frozen}, the frozen layer's result {@code [rows, out]}.
     *
     * @param mask M; none where all rows are of the one adapter
     */
    public static Value apply(
            Tape tape, Value frozen, Value x, Optional<Value> mask, Value loraA, Value loraB) {
        GraphBuilder graph = tape.graph();
        String all =
                graph.node("Gemm", List.of(x.name(), loraA.name()), Attributes.of("transB", 1));
        String own =
                mask.map(
                                it ->
                                        graph.node(
                                                "Where",
                                                List.of(
                                                        it.name(),
                                                        all,
                                                        graph.floatScalar("no_update", 0f))))
                        .orElse(all);
        return Value.constant(
                graph.node("Gemm", List.of(own, loraB.name(), frozen.name())), x.rows());
    }
}
