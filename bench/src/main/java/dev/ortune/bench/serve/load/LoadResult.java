package dev.ortune.bench.serve.load;

import dev.ortune.bench.race.Quantiles;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * What a load measured.
 *
 * @param exchanges all, those before and after the window too
 * @param windowStart {@code System.nanoTime()}
 * @param windowEnd likewise
 * @param loaderCpuSeconds what this process computed in the window
 */
public record LoadResult(
        List<Exchange> exchanges, long windowStart, long windowEnd, double loaderCpuSeconds) {

    public LoadResult {
        exchanges = List.copyOf(exchanges);
    }

    /**
     * Texts answered per second. Batches answer in bursts, which a count in a short window would hit
     * or miss; so a request counts by the share of its time that lies within the window.
     */
    public double textsPerSecond() {
        return perSecond(Work::texts);
    }

    /** The same in the texts' own tokens, without padding. */
    public double tokensPerSecond() {
        return perSecond(Work::tokens);
    }

    /**
     * Seconds of the answered requests that began in the window, all of which have ended.
     *
     * @throws IllegalArgumentException when there are none
     */
    public Quantiles latencies() {
        return Quantiles.of(latencySeconds());
    }

    /** The same one by one, in no order. */
    public List<Double> latencySeconds() {
        return succeeded()
                .filter(exchange -> exchange.start() >= windowStart && exchange.start() < windowEnd)
                .map(Exchange::seconds)
                .toList();
    }

    /** Requests that failed at any time, by status. */
    public SortedMap<Integer, Long> failures() {
        SortedMap<Integer, Long> failures = new TreeMap<>();
        exchanges.stream()
                .map(Exchange::work)
                .filter(work -> !work.succeeded())
                .forEach(work -> failures.merge(work.status(), 1L, Long::sum));
        return failures;
    }

    /** Processors that this process kept busy. */
    public double loaderProcessors() {
        return loaderCpuSeconds / windowSeconds();
    }

    private double perSecond(ToIntFunction<Work> amount) {
        return succeeded()
                        .mapToDouble(
                                exchange ->
                                        amount.applyAsInt(exchange.work())
                                                * exchange.shareWithin(windowStart, windowEnd))
                        .sum()
                / windowSeconds();
    }

    private Stream<Exchange> succeeded() {
        return exchanges.stream().filter(exchange -> exchange.work().succeeded());
    }

    private double windowSeconds() {
        return (windowEnd - windowStart) / 1e9;
    }
}
