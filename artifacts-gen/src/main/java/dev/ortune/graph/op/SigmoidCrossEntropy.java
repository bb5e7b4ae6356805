package dev.ortune.graph.op;

import dev.ortune.onnx.proto.TensorProto.DataType;
import java.util.List;
import java.util.Optional;

/**
 * Mean binary cross-entropy of logits z {@code [batch, labels]} against y {@code [batch, labels]} in
 * {0, 1}, as PyTorch's {@code BCEWithLogitsLoss(pos_weight)}: with n = batch · labels, positive
 * weights p (1 without) and m = 1 + (p - 1) y,
 *
 * <pre>
 * L  = Σ ((1 - y) z + m softplus(-z)) / n
 * dz = g ((1 - y) - m σ(-z)) / n
 * </pre>
 *
 * <p>g is the gradient's scale: 1 over the number of batches accumulated per optimizer step.
 */
public final class SigmoidCrossEntropy {

    private SigmoidCrossEntropy() {}

    /** Emits the loss, a scalar; {@code positiveWeights [labels]} is optional. */
    public static Value apply(
            Tape tape,
            Value logits,
            Value labels,
            Optional<Value> positiveWeights,
            Value gradientScale) {
        GraphBuilder graph = tape.graph();
        String one = graph.floatScalar("one", 1f);
        String negatives = graph.node("Sub", List.of(one, labels.name()));
        String minusLogits = graph.node("Neg", List.of(logits.name()));
        Optional<String> multiplier =
                positiveWeights.map(weights -> multiplier(graph, weights, labels, one));

        String linearTerm = graph.node("Mul", List.of(negatives, logits.name()));
        String softplus = weighted(graph, multiplier, graph.node("Softplus", List.of(minusLogits)));
        String elements = graph.node("Add", List.of(linearTerm, softplus));
        String loss = graph.node("ReduceMean", List.of(elements), Attributes.of("keepdims", 0));
        return tape.record(
                loss,
                Rows.OTHER,
                logits.requiresGradient(),
                ignored ->
                        tape.accumulate(
                                logits,
                                () -> {
                                    String sigmoid =
                                            weighted(
                                                    graph,
                                                    multiplier,
                                                    graph.node("Sigmoid", List.of(minusLogits)));
                                    String slope = graph.node("Sub", List.of(negatives, sigmoid));
                                    String count =
                                            graph.node(
                                                    "Cast",
                                                    List.of(
                                                            graph.node(
                                                                    "Size",
                                                                    List.of(logits.name()))),
                                                    Attributes.of("to", DataType.FLOAT_VALUE));
                                    String scale =
                                            graph.node("Div", List.of(gradientScale.name(), count));
                                    return graph.node("Mul", List.of(slope, scale));
                                }));
    }

    private static String multiplier(GraphBuilder graph, Value weights, Value labels, String one) {
        String excess = graph.node("Sub", List.of(weights.name(), one));
        String scaled = graph.node("Mul", List.of(excess, labels.name()));
        return graph.node("Add", List.of(one, scaled));
    }

    private static String weighted(GraphBuilder graph, Optional<String> multiplier, String x) {
        return multiplier.map(m -> graph.node("Mul", List.of(m, x))).orElse(x);
    }
}
