package dev.ortune.train;

import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.evaluation.Evaluation;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The epoch whose parameters are kept.
 *
 * @param epoch counted from 1
 * @param evaluation its own, if there is validation data
 * @param parameters at its end, in the plan's order
 */
public record KeptEpoch(int epoch, Optional<Evaluation> evaluation, List<FloatTensor> parameters) {

    public KeptEpoch {
        parameters = List.copyOf(parameters);
    }

    /** The same with the parameters in the order of these names. */
    KeptEpoch inOrder(List<String> names) {
        return new KeptEpoch(
                epoch,
                evaluation,
                parameters.stream()
                        .sorted(Comparator.comparingInt(tensor -> names.indexOf(tensor.name())))
                        .toList());
    }
}
