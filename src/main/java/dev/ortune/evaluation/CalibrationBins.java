package dev.ortune.evaluation;

/**
 * The expected calibration error (Naeini, Cooper and Hauskrecht 2015; Guo et al. 2017, equation 3):
 * answers are put into {@value #BINS} bins of equal width by their confidence, and the error is the
 * mean of |share that is right - mean confidence| over the bins, weighted by their answers.
 */
final class CalibrationBins {

    private static final int BINS = 15;

    private final double[] confidences = new double[BINS];
    private final long[] right = new long[BINS];
    private long answers;

    /**
     * Counts an answer.
     *
     * @param confidence its probability, in [0, 1]
     */
    void add(double confidence, boolean isRight) {
        int bin = Math.min(BINS - 1, (int) (confidence * BINS));
        confidences[bin] += confidence;
        right[bin] += isRight ? 1 : 0;
        answers++;
    }

    /** The error, in [0, 1]; 0 without answers. */
    double error() {
        double sum = 0;
        for (int bin = 0; bin < BINS; bin++) {
            // n_b / n * |right_b / n_b - confidence_b / n_b|
            sum += Math.abs(right[bin] - confidences[bin]);
        }
        return answers == 0 ? 0 : sum / answers;
    }
}
