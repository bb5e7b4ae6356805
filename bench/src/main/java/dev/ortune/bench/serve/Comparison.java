package dev.ortune.bench.serve;

import dev.ortune.bench.race.Quantiles;
import dev.ortune.bench.serve.load.LoadResult;

/**
 * One side over another: medians of the ratios of the rounds.
 *
 * @param title of the contest
 * @param side whose
 * @param other over whose
 * @param throughput of tokens; above 1 is better
 * @param p50 of latency; below 1 is better
 * @param p99 likewise
 */
record Comparison(
        String title,
        String side,
        String other,
        Quantiles throughput,
        Quantiles p50,
        Quantiles p99) {

    static Comparison of(ContestResult result, String side, String other) {
        return new Comparison(
                result.title(),
                side,
                other,
                result.ratios(side, other, LoadResult::tokensPerSecond),
                result.ratios(side, other, load -> load.latencies().median()),
                result.ratios(side, other, load -> load.latencies().at(ContestResult.P99)));
    }
}
