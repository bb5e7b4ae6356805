package dev.ortune.graph.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Mean cross-entropy of logits z {@code [batch, labels]} against class indices y {@code [batch]}
 * (int64), as PyTorch's {@code CrossEntropyLoss(weight)}: with class weights w (1 without),
 *
 * <pre>
 * L  = -Σ_b w[y_b] log softmax(z_b)[y_b] / Σ_b w[y_b]
 * dz = g w[y_b] (softmax(z_b) - onehot(y_b)) / Σ_b w[y_b]
 * </pre>
 *
 * <p>g is the gradient's scale: 1 over the number of batches accumulated per optimizer step.
 */
public final class SoftmaxCrossEntropy {

    private SoftmaxCrossEntropy() {}

    /** Emits the loss, a scalar; {@code classWeights [labels]} is optional. */
    public static Value apply(
            Tape tape,
            Value logits,
            Value labels,
            Optional<Value> classWeights,
            Value gradientScale) {
        GraphBuilder graph = tape.graph();
        List<String> inputs = new ArrayList<>(List.of(logits.name(), labels.name()));
        classWeights.ifPresent(weights -> inputs.add(weights.name()));
        List<String> outputs =
                graph.nodes(
                        "",
                        "SoftmaxCrossEntropyLoss",
                        inputs,
                        2,
                        Attributes.of("reduction", "mean"));
        return tape.record(
                outputs.get(0),
                Rows.OTHER,
                logits.requiresGradient(),
                ignored ->
                        tape.accumulate(
                                logits,
                                () -> {
                                    List<String> gradientInputs =
                                            new ArrayList<>(
                                                    List.of(
                                                            gradientScale.name(),
                                                            outputs.get(1),
                                                            labels.name()));
                                    classWeights.ifPresent(w -> gradientInputs.add(w.name()));
                                    return graph.microsoftNode(
                                            "SoftmaxCrossEntropyLossGrad",
                                            gradientInputs,
                                            Attributes.of("reduction", "mean"));
                                }));
    }
}
