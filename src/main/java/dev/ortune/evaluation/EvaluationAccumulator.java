package dev.ortune.evaluation;

import dev.ortune.dataset.LabelSet;
import dev.ortune.dataset.Target;
import dev.ortune.graph.ProblemType;

/** Collects a model's answers, example by example; for one thread. */
public sealed interface EvaluationAccumulator
        permits SingleLabelAccumulator, MultiLabelAccumulator {

    static EvaluationAccumulator of(LabelSet labels, ProblemType problemType) {
        return switch (problemType) {
            case SINGLE_LABEL -> new SingleLabelAccumulator(labels);
            case MULTI_LABEL -> new MultiLabelAccumulator(labels);
        };
    }

    /**
     * Counts one answer.
     *
     * @param logits [labels]
     * @param target of the accumulator's problem type
     * @throws dev.ortune.error.InvalidInputException {@code LOSS_NOT_FINITE} when a logit is not a
     *     finite number
     */
    void add(float[] logits, Target target);

    /**
     * The metrics so far.
     *
     * @param loss the mean loss over the same examples
     */
    Evaluation evaluation(double loss);
}
