package dev.ortune.bench.tool;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Draws ranks with the probability of Zipf's law: that of rank k (from 1) is proportional to
 * k<sup>-s</sup>. Immutable: the draw follows from the request's number, so that every run asks alike.
 */
public final class ZipfSampler {

    private static final long SEED = 1949;

    private final double[] cumulative;

    /**
     * A law.
     *
     * @param ranks at least 1
     * @param exponent s; 0 makes all ranks alike
     */
    public ZipfSampler(int ranks, double exponent) {
        if (ranks < 1) {
            throw new IllegalArgumentException("no ranks");
        }
        cumulative = new double[ranks];
        double sum = 0;
        for (int rank = 0; rank < ranks; rank++) {
            sum += Math.pow(rank + 1, -exponent);
            cumulative[rank] = sum;
        }
        for (int rank = 0; rank < ranks; rank++) {
            cumulative[rank] /= sum;
        }
    }

    /** The rank of a request, counted from 0. */
    public int rank(long sequence) {
        double uniform = new SplittableRandom(SEED + sequence).nextDouble();
        int found = Arrays.binarySearch(cumulative, uniform);
        // Between two borders the search gives -(the upper one) - 1; on a border the next rank
        // begins.
        return Math.min(found < 0 ? -found - 1 : found + 1, cumulative.length - 1);
    }

    /** The probability of a rank, counted from 0. */
    public double probability(int rank) {
        return rank == 0 ? cumulative[0] : cumulative[rank] - cumulative[rank - 1];
    }
}
