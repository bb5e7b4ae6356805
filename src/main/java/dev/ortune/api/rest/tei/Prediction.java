package dev.ortune.api.rest.tei;

import dev.ortune.serve.Classification;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A label and its score.
 *
 * @param score the probability, or the logit where raw scores are asked for
 */
record Prediction(float score, String label) {

    /** A text's labels, the best first. */
    static List<Prediction> of(Classification answer, boolean rawScores) {
        return IntStream.range(0, answer.scores().size())
                .mapToObj(
                        label ->
                                new Prediction(
                                        rawScores
                                                ? answer.logits()[label]
                                                : (float) answer.scores().get(label).score(),
                                        answer.scores().get(label).label()))
                .sorted(Comparator.comparing(Prediction::score, Comparator.reverseOrder()))
                .toList();
    }
}
