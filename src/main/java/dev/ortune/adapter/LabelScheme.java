package dev.ortune.adapter;

import dev.ortune.graph.ProblemType;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a classifier's logits mean.
 *
 * @param labels the label names, in the order of the logits
 * @param problemType one label per text or several
 */
public record LabelScheme(List<String> labels, ProblemType problemType) {

    public LabelScheme {
        labels = List.copyOf(labels);
    }

    /** Transformers' names for labels that nobody named: {@code LABEL_0}, {@code LABEL_1}, … */
    public static LabelScheme unnamed(int labelCount, ProblemType problemType) {
        return new LabelScheme(
                IntStream.range(0, labelCount).mapToObj(index -> "LABEL_" + index).toList(),
                problemType);
    }
}
