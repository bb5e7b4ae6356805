package dev.ortune.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The metrics of a single-label model, which answers with the label of the largest logit (the first
 * of equal ones).
 *
 * @param accuracy right answers / examples
 * @param confusionMatrix [labels, labels]
 */
public record SingleLabelEvaluation(
        long examples,
        double loss,
        double accuracy,
        double macroF1,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalDouble calibrationError,
        List<LabelMetrics> labels,
        ConfusionMatrix confusionMatrix)
        implements Evaluation {

    public SingleLabelEvaluation {
        labels = List.copyOf(labels);
    }
}
