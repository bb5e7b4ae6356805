package dev.ortune.bench.race;

import java.util.Collection;
import java.util.List;

/**
 * Order statistics of some measurements.
 *
 * @param sorted ascending, at least one
 */
public record Quantiles(List<Double> sorted) {

    public Quantiles {
        sorted = sorted.stream().sorted().toList();
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("no measurements");
        }
    }

    /**
     * Measurements in any order.
     *
     * @throws IllegalArgumentException when there are none
     */
    public static Quantiles of(Collection<Double> values) {
        return new Quantiles(List.copyOf(values));
    }

    public double median() {
        return at(0.5);
    }

    public double lowerQuartile() {
        return at(0.25);
    }

    public double upperQuartile() {
        return at(0.75);
    }

    /**
     * Between two measurements on the straight line, as NumPy's {@code quantile} does.
     *
     * @param share from 0, the least, to 1, the greatest
     */
    public double at(double share) {
        double position = share * (sorted.size() - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.size() - 1);
        return sorted.get(below) + (position - below) * (sorted.get(above) - sorted.get(below));
    }
}
