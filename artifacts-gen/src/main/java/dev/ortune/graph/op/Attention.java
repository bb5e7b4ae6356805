package dev.ortune.graph.op;

import dev.ortune.onnx.proto.AttributeProto;
import java.util.List;
import java.util.Optional;

/**
 * Scaled dot-product attention of all heads (Vaswani et al. 2017, arXiv:1706.03762), with α =
 * 1/√headSize:
 *
 * <pre>
 * S = α Q Kᵀ + bias     P = softmax(S)     C = drop(P) V
 *
 * dV = drop(P)ᵀ dC      dP = drop'(dC Vᵀ)  dS = P (dP - Σ_keys P dP)
 * dQ = α dS K           dK = α dSᵀ Q
 * </pre>
 *
 * <p>The row sums need no pass over the scores (Dao et al. 2022, arXiv:2205.14135, appendix B.2):
 * {@code Σ_keys P dP = Σ_keys drop(P) (dC Vᵀ) = Σ_head dC C}. ONNX Runtime's SoftmaxGrad_13, which
 * would compute them, runs on one thread.
 *
 * <p>The bias {@code [batch, 1, 1, positions]} hides padded keys. Queries may be all tokens or one
 * row per text ({@link HeadLayout}); keys and values are all tokens. Either both layouts leave turning to
 * the products or none does.
 */
public final class Attention {

    private static final AttributeProto TRANSPOSE_A = Attributes.of("transA", 1);
    private static final AttributeProto TRANSPOSE_B = Attributes.of("transB", 1);

    /** Heads before positions, whatever stands in memory. */
    private static final AttributeProto TURN_A = Attributes.of("transBatchA", 1);

    private static final AttributeProto TURN_B = Attributes.of("transBatchB", 1);

    private final HeadLayout queryLayout;
    private final HeadLayout keyLayout;
    private final Optional<Value> bias;
    private final AttributeProto alpha;
    private final Dropout dropout;

    /**
     * Attention between rows laid out as given.
     *
     * @param bias none where nothing is padded
     */
    public Attention(
            HeadLayout queryLayout,
            HeadLayout keyLayout,
            Optional<Value> bias,
            int headSize,
            Dropout dropout) {
        this.queryLayout = queryLayout;
        this.keyLayout = keyLayout;
        this.bias = bias;
        this.alpha = Attributes.of("alpha", (float) (1 / Math.sqrt(headSize)));
        this.dropout = dropout;
    }

    /** Emits the operation on query, key and value rows and returns context rows. */
    public Value apply(Tape tape, Value query, Value key, Value value) {
        Value q = split(tape, queryLayout, query);
        Value k = split(tape, keyLayout, key);
        Value v = split(tape, keyLayout, value);
        return merge(tape, context(tape, q, k, v));
    }

    private static Value split(Tape tape, HeadLayout layout, Value rows) {
        GraphBuilder graph = tape.graph();
        return tape.record(
                layout.split(graph, rows.name()),
                Rows.OTHER,
                rows.requiresGradient(),
                dy -> tape.accumulate(rows, () -> layout.splitGradient(graph, dy)));
    }

    private Value merge(Tape tape, Value heads) {
        GraphBuilder graph = tape.graph();
        return tape.record(
                queryLayout.merge(graph, heads.name()),
                queryLayout.rows(),
                heads.requiresGradient(),
                dy -> tape.accumulate(heads, () -> queryLayout.mergeGradient(graph, dy)));
    }

    private Value context(Tape tape, Value q, Value k, Value v) {
        GraphBuilder graph = tape.graph();
        String product = scores(graph, q.name(), k.name());
        String scores =
                bias.map(hidden -> graph.node("Add", List.of(product, hidden.name())))
                        .orElse(product);
        String p = graph.node("Softmax", List.of(scores), Attributes.of("axis", -1));
        DropoutMasks.Applied dropped = dropout.apply(graph, p, queryLayout.scores());
        String c =
                keyLayout.turnedByProducts()
                        ? matMul(graph, dropped.output(), v.name(), TURN_B)
                        : graph.node("MatMul", List.of(dropped.output(), v.name()));
        boolean scoresRequireGradient = q.requiresGradient() || k.requiresGradient();
        return tape.record(
                c,
                Rows.OTHER,
                scoresRequireGradient || v.requiresGradient(),
                dc -> {
                    tape.accumulate(v, () -> matMul(graph, dropped.output(), dc, TRANSPOSE_A));
                    if (scoresRequireGradient) {
                        String dp = dropped.gradient(matMul(graph, dc, v.name(), TRANSPOSE_B));
                        String ds = scoresGradient(graph, p, dp, c, dc);
                        tape.accumulate(q, () -> matMul(graph, ds, k.name(), alpha));
                        tape.accumulate(k, () -> matMul(graph, ds, q.name(), alpha, TRANSPOSE_A));
                    }
                });
    }

    private String scores(GraphBuilder graph, String q, String k) {
        return keyLayout.turnedByProducts()
                ? matMul(graph, q, k, alpha, TRANSPOSE_B, TURN_A, TURN_B)
                : matMul(graph, q, k, alpha, TRANSPOSE_B);
    }

    /** dS = P (dP - Σ_head dC C). */
    private static String scoresGradient(
            GraphBuilder graph, String p, String dp, String c, String dc) {
        String rowSums =
                graph.node(
                        "ReduceSum",
                        List.of(graph.node("Mul", List.of(dc, c)), graph.int64s("last_axis", -1)));
        return graph.node("Mul", List.of(p, graph.node("Sub", List.of(dp, rowSums))));
    }

    private static String matMul(
            GraphBuilder graph, String a, String b, AttributeProto... attributes) {
        return graph.microsoftNode("FusedMatMul", List.of(a, b), attributes);
    }
}
