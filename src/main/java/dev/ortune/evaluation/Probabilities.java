package dev.ortune.evaluation;

import dev.ortune.graph.ProblemType;

/** Probabilities from logits, computed in double precision so that no exponent overflows. */
public final class Probabilities {

    private Probabilities() {}

    /** Softmax for single-label, a sigmoid per label for multi-label; [labels] to [labels]. */
    public static double[] of(float[] logits, ProblemType problemType) {
        return switch (problemType) {
            case SINGLE_LABEL -> softmax(logits);
            case MULTI_LABEL -> sigmoid(logits);
        };
    }

    /** {@code exp(x_i - max) / sum_j exp(x_j - max)}: the result sums to 1. */
    public static double[] softmax(float[] logits) {
        double maximum = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            maximum = Math.max(maximum, logit);
        }
        double[] result = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            result[i] = Math.exp(logits[i] - maximum);
            sum += result[i];
        }
        for (int i = 0; i < result.length; i++) {
            result[i] /= sum;
        }
        return result;
    }

    /** {@code 1 / (1 + exp(-x_i))}, written so that the exponent is never positive. */
    public static double[] sigmoid(float[] logits) {
        double[] result = new double[logits.length];
        for (int i = 0; i < logits.length; i++) {
            double small = Math.exp(-Math.abs((double) logits[i]));
            result[i] = (logits[i] >= 0 ? 1 : small) / (1 + small);
        }
        return result;
    }
}
