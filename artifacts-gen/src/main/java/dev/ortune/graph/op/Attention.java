package dev.ortune.graph.op;

import java.util.List;

/**
 * Scaled dot-product attention of all heads (Vaswani et al. 2017, arXiv:1706.03762), with α =
 * 1/√headSize:
 *
 * <pre>
 * S = α Q Kᵀ + bias     P = softmax(S)     C = drop(P) V
 *
 * dV = drop(P)ᵀ dC      dP = drop'(dC Vᵀ)  dS = P (dP - Σ_keys dP P)
 * dQ = α dS K           dK = α dSᵀ Q
 * </pre>
 *
 * <p>The bias {@code [batch, 1, 1, positions]} hides padded keys. Queries may be all tokens or one
 * row per text ({@link HeadLayout}); keys and values are all tokens.
 */
public final class Attention {

    private final HeadLayout queryLayout;
    private final HeadLayout keyLayout;
    private final Value bias;
    private final float scale;
    private final Dropout dropout;

    /** Attention between rows laid out as given. */
    public Attention(
            HeadLayout queryLayout,
            HeadLayout keyLayout,
            Value bias,
            int headSize,
            Dropout dropout) {
        this.queryLayout = queryLayout;
        this.keyLayout = keyLayout;
        this.bias = bias;
        this.scale = (float) (1 / Math.sqrt(headSize));
        this.dropout = dropout;
    }

    /** Emits the operation on query, key and value rows and returns context rows. */
    public Value apply(Tape tape, Value query, Value key, Value value) {
        Value q = split(tape, queryLayout, query);
        Value k = split(tape, keyLayout, key);
        Value v = split(tape, keyLayout, value);
        Value probabilities = softmax(tape, scores(tape, q, k));
        Value context = weightedSum(tape, dropout.apply(tape, probabilities), v);
        return merge(tape, context);
    }

    private static Value split(Tape tape, HeadLayout layout, Value rows) {
        GraphBuilder graph = tape.graph();
        return tape.record(
                layout.split(graph, rows.name()),
                rows.requiresGradient(),
                dy -> tape.accumulate(rows, () -> layout.splitGradient(graph, dy)));
    }

    private Value merge(Tape tape, Value heads) {
        GraphBuilder graph = tape.graph();
        return tape.record(
                queryLayout.merge(graph, heads.name()),
                heads.requiresGradient(),
                dy -> tape.accumulate(heads, () -> queryLayout.mergeGradient(graph, dy)));
    }

    /** S = α Q Kᵀ + bias; dQ = α dS K, dK = α dSᵀ Q. */
    private Value scores(Tape tape, Value q, Value k) {
        GraphBuilder graph = tape.graph();
        String product =
                graph.microsoftNode(
                        "FusedMatMul",
                        List.of(q.name(), k.name()),
                        Attributes.of("transB", 1),
                        Attributes.of("alpha", scale));
        return tape.record(
                graph.node("Add", List.of(product, bias.name())),
                q.requiresGradient() || k.requiresGradient(),
                ds -> {
                    tape.accumulate(
                            q,
                            () ->
                                    graph.microsoftNode(
                                            "FusedMatMul",
                                            List.of(ds, k.name()),
                                            Attributes.of("alpha", scale)));
                    tape.accumulate(
                            k,
                            () ->
                                    graph.microsoftNode(
                                            "FusedMatMul",
                                            List.of(ds, q.name()),
                                            Attributes.of("transA", 1),
                                            Attributes.of("alpha", scale)));
                });
    }

    /** P = softmax(S) over keys; dS = P (dP - Σ dP P). */
    private static Value softmax(Tape tape, Value scores) {
        GraphBuilder graph = tape.graph();
        String p = graph.node("Softmax", List.of(scores.name()), Attributes.of("axis", -1));
        return tape.record(
                p,
                scores.requiresGradient(),
                dp ->
                        tape.accumulate(
                                scores,
                                () ->
                                        graph.microsoftNode(
                                                "SoftmaxGrad_13",
                                                List.of(dp, p),
                                                Attributes.of("axis", -1))));
    }

    /** C = P V; dP = dC Vᵀ, dV = Pᵀ dC. */
    private static Value weightedSum(Tape tape, Value p, Value v) {
        GraphBuilder graph = tape.graph();
        return tape.record(
                graph.node("MatMul", List.of(p.name(), v.name())),
                p.requiresGradient() || v.requiresGradient(),
                dc -> {
                    tape.accumulate(
                            p,
                            () ->
                                    graph.microsoftNode(
                                            "FusedMatMul",
                                            List.of(dc, v.name()),
                                            Attributes.of("transB", 1)));
                    tape.accumulate(
                            v,
                            () ->
                                    graph.microsoftNode(
                                            "FusedMatMul",
                                            List.of(p.name(), dc),
                                            Attributes.of("transA", 1)));
                });
    }
}
