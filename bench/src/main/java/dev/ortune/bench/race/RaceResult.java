package dev.ortune.bench.race;

import dev.ortune.bench.TrainingWork;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * What a race measured.
 *
 * @param raceCase its batches
 * @param dropout whether dropout acted
 * @param threads that computed on either side
 * @param pairs those that count, at least one
 * @param ours what Ortune's process measured of itself
 * @param theirs what PyTorch's process measured of itself
 * @param versions of the libraries on PyTorch's side
 */
record RaceResult(
        RaceCase raceCase,
        boolean dropout,
        int threads,
        List<Pair> pairs,
        Reply.Finished ours,
        Reply.Finished theirs,
        Map<String, String> versions) {

    RaceResult {
        pairs = List.copyOf(pairs);
        versions = Map.copyOf(versions);
    }

    /** PyTorch's seconds over Ortune's, pair by pair. */
    Quantiles ratios() {
        return Quantiles.of(pairs.stream().map(Pair::ratio).toList());
    }

    double oursTokensPerSecond() {
        return sum(RaceBatch::tokens) / oursSeconds();
    }

    double theirsTokensPerSecond() {
        return sum(RaceBatch::tokens) / total(pair -> pair.theirs().seconds());
    }

    /** Of the rectangles that the batches are padded to, the share that is no text. */
    double paddingShare() {
        return 1 - (double) sum(RaceBatch::tokens) / sum(RaceBatch::paddedTokens);
    }

    /** The machine's matrix rate in Ortune's process, GFLOP/s: the median over the pairs. */
    double sgemmGflops() {
        return median(RaceResult::matrixRate);
    }

    /**
     * Ortune's rate over the useful operations, as a share of the machine's right after each step: the
     * median over the pairs.
     */
    double sgemmShare(TrainingWork work) {
        return median(pair -> share(pair, work.flop(pair.batch().lengths())));
    }

    /** The same with the linear layers' operations alone. */
    double linearShare(TrainingWork work) {
        return median(pair -> share(pair, pair.batch().tokens() * work.flopPerToken()));
    }

    private static double share(Pair pair, double flop) {
        return flop / pair.ours().seconds() / 1e9 / matrixRate(pair);
    }

    private static double matrixRate(Pair pair) {
        return pair.ours().sgemmGflops().orElse(Double.NaN);
    }

    private double median(ToDoubleFunction<Pair> value) {
        return Quantiles.of(pairs.stream().mapToDouble(value).boxed().toList()).median();
    }

    private double oursSeconds() {
        return total(pair -> pair.ours().seconds());
    }

    private double total(ToDoubleFunction<Pair> value) {
        return pairs.stream().mapToDouble(value).sum();
    }

    private long sum(ToLongFunction<RaceBatch> value) {
        return pairs.stream().map(Pair::batch).mapToLong(value).sum();
    }
}
