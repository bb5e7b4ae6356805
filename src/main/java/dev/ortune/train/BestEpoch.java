package dev.ortune.train;

import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.evaluation.Evaluation;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps the parameters of the best epoch: the highest accuracy, among equals the lowest loss. Without
 * validation data the last epoch is kept.
 */
final class BestEpoch {

    private Optional<KeptEpoch> kept;

    /**
     * Goes on from an earlier best.
     *
     * @param soFar empty at the start
     */
    BestEpoch(Optional<KeptEpoch> soFar) {
        this.kept = soFar;
    }

    /** Offers an epoch; its parameters are fetched only if it is the best so far. */
    void offer(int candidate, Optional<Evaluation> evaluation, Supplier<List<FloatTensor>> fetch) {
        Optional<Evaluation> best = kept.flatMap(KeptEpoch::evaluation);
        boolean better =
                best.isEmpty() || evaluation.isEmpty() || isBetter(evaluation.get(), best.get());
        if (better) {
            kept = Optional.of(new KeptEpoch(candidate, evaluation, fetch.get()));
        }
    }

    /** The best so far. */
    Optional<KeptEpoch> kept() {
        return kept;
    }

    private static boolean isBetter(Evaluation candidate, Evaluation best) {
        return candidate.accuracy() > best.accuracy()
                || (candidate.accuracy() == best.accuracy() && candidate.loss() < best.loss());
    }
}
