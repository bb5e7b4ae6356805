package dev.ortune.evaluation;

/**
 * How well one label is found, with TP, FP and FN the true positives, false positives and false
 * negatives. A quotient with denominator 0 is 0 (scikit-learn's {@code zero_division=0}).
 *
 * @param label the label's name
 * @param precision TP / (TP + FP)
 * @param recall TP / (TP + FN)
 * @param f1 2 TP / (2 TP + FP + FN), the harmonic mean of the two
 * @param support the number of examples that have the label: TP + FN
 */
public record LabelMetrics(
        String label,
        double precision,
        double recall,
        double f1,
        long support,
        long truePositives,
        long falsePositives,
        long falseNegatives) {

    /** The metrics of these counts. */
    public static LabelMetrics of(
            String label, long truePositives, long falsePositives, long falseNegatives) {
        return new LabelMetrics(
                label,
                quotient(truePositives, truePositives + falsePositives),
                quotient(truePositives, truePositives + falseNegatives),
                f1(truePositives, falsePositives, falseNegatives),
                truePositives + falseNegatives,
                truePositives,
                falsePositives,
                falseNegatives);
    }

    static double f1(long truePositives, long falsePositives, long falseNegatives) {
        return quotient(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
    }

    static double quotient(long numerator, long denominator) {
        return denominator == 0 ? 0 : (double) numerator / denominator;
    }
}
