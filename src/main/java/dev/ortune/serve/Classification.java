package dev.ortune.serve;

import dev.ortune.adapter.LabelScheme;
import dev.ortune.error.InternalException;
import dev.ortune.evaluation.Probabilities;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The answer for one text.
 *
 * @param label the most probable label, the first of equal ones
 * @param score its probability
 * @param scores every label's probability, in the order of the logits; they sum to 1 for a
 *     single-label model and are independent for a multi-label one
 * @param logits [labels]; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Boxing every logit would cost more than it guards.
public record Classification(String label, double score, List<LabelScore> scores, float[] logits) {

    public Classification {
        scores = List.copyOf(scores);
    }

    static Classification of(float[] logits, LabelScheme labels) {
        for (float logit : logits) {
            if (!Float.isFinite(logit)) {
                throw new InternalException("The model's answer is not a number.");
            }
        }
        double[] probabilities =
                switch (labels.problemType()) {
                    case SINGLE_LABEL -> Probabilities.softmax(logits);
                    case MULTI_LABEL -> Probabilities.sigmoid(logits);
                };
        return of(logits, probabilities, labels);
    }

    /** From probabilities that are known already. */
    static Classification of(float[] logits, double[] probabilities, LabelScheme labels) {
        List<LabelScore> scores =
                IntStream.range(0, logits.length)
                        .mapToObj(i -> new LabelScore(labels.labels().get(i), probabilities[i]))
                        .toList();
        LabelScore best = scores.get(0);
        for (LabelScore candidate : scores) {
            best = candidate.score() > best.score() ? candidate : best;
        }
        return new Classification(best.label(), best.score(), scores, logits);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Classification that
                && scores.equals(that.scores)
                && Arrays.equals(logits, that.logits);
    }

    @Override
    public int hashCode() {
        return Objects.hash(scores, Arrays.hashCode(logits));
    }
}
