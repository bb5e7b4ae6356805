package dev.ortune.evaluation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.OptionalDouble;

/** The metrics of a model on a dataset; the definitions are scikit-learn's. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "problemType")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SingleLabelEvaluation.class, name = "single_label"),
    @JsonSubTypes.Type(value = MultiLabelEvaluation.class, name = "multi_label")
})
public sealed interface Evaluation permits SingleLabelEvaluation, MultiLabelEvaluation {

    /** The number of examples. */
    long examples();

    /** The mean loss, as the model's own loss computes it. */
    double loss();

    /** The share of examples that are wholly right (multi-label: every label of them). */
    double accuracy();

    /**
     * The mean of the labels' F1, each with the same weight; a label that neither occurs nor is
     * predicted counts as 0.
     */
    double macroF1();

    /**
     * The expected calibration error: how far probabilities are from the shares that come true, 0 at
     * best; empty in reports of versions that did not measure it. Single-label: of the label answered.
     * Multi-label: of every label of every example.
     */
    OptionalDouble calibrationError();

    /** In the order of the logits. */
    List<LabelMetrics> labels();
}
