package dev.ortune.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The metrics of a multi-label model, which answers with every label of probability 0.5 or more.
 *
 * @param accuracy the subset accuracy: examples with exactly the right set of labels / examples
 * @param microF1 2 TP / (2 TP + FP + FN) with the counts summed over all labels
 */
public record MultiLabelEvaluation(
        long examples,
        double loss,
        double accuracy,
        double microF1,
        double macroF1,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalDouble calibrationError,
        List<LabelMetrics> labels)
        implements Evaluation {

    public MultiLabelEvaluation {
        labels = List.copyOf(labels);
    }
}
