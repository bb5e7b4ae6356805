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

    private int epoch;
    private Optional<Evaluation> best = Optional.empty();
    private List<FloatTensor> parameters = List.of();

    /** Offers an epoch; its parameters are fetched only if it is the best so far. */
    void offer(int candidate, Optional<Evaluation> evaluation, Supplier<List<FloatTensor>> fetch) {
        boolean better =
                best.isEmpty() || evaluation.isEmpty() || isBetter(evaluation.get(), best.get());
        if (better) {
            epoch = candidate;
            best = evaluation;
            parameters = fetch.get();
        }
    }

    int epoch() {
        return epoch;
    }

    List<FloatTensor> parameters() {
        return parameters;
    }

    private static boolean isBetter(Evaluation candidate, Evaluation best) {
        return candidate.accuracy() > best.accuracy()
                || (candidate.accuracy() == best.accuracy() && candidate.loss() < best.loss());
    }
}
