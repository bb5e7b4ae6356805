package dev.ortune.bench.serve;

import dev.ortune.bench.race.Quantiles;
import dev.ortune.bench.serve.load.LoadResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What a contest measured.
 *
 * @param title of the contest
 * @param rounds by side, in the order of the sides; each side has as many
 */
record ContestResult(String title, Map<String, List<LoadResult>> rounds) {

    static final double P99 = 0.99;

    /** The median over the rounds. */
    double median(String side, ToDoubleFunction<LoadResult> measure) {
        return Quantiles.of(rounds.get(side).stream().map(measure::applyAsDouble).toList())
                .median();
    }

    /** Seconds per request of all rounds together. */
    Quantiles latencies(String side) {
        return Quantiles.of(
                rounds.get(side).stream()
                        .flatMap(result -> result.latencySeconds().stream())
                        .toList());
    }

    /** All rounds' failed requests by status. */
    SortedMap<Integer, Long> failures(String side) {
        SortedMap<Integer, Long> all = new TreeMap<>();
        rounds.get(side)
                .forEach(
                        result ->
                                result.failures()
                                        .forEach((status, n) -> all.merge(status, n, Long::sum)));
        return all;
    }

    /** One side's measure over another's, round by round. */
    Quantiles ratios(String side, String other, ToDoubleFunction<LoadResult> measure) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds.get(side).size(); round++) {
            ratios.add(
                    measure.applyAsDouble(rounds.get(side).get(round))
                            / measure.applyAsDouble(rounds.get(other).get(round)));
        }
        return Quantiles.of(ratios);
    }
}
