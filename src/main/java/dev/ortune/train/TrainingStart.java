package dev.ortune.train;

import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.checkpoint.OrtCheckpoint;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a model under training starts or goes on.
 *
 * @param session parameters in the plan's order, and the optimizer's moments and step count
 * @param steps optimizer steps so far, which decide the dropout masks
 * @param runs training runs of the graph so far, which do so where the graph draws its masks itself
 */
public record TrainingStart(OrtCheckpoint session, long steps, long runs) {

    /** New or given parameters, nothing trained. */
    public static TrainingStart fresh(List<FloatTensor> parameters) {
        return new TrainingStart(OrtCheckpoint.ofTrainable(parameters), 0, 0);
    }

    /**
     * What a session saved.
     *
     * @param saved as ONNX Runtime wrote it, in an order of its own
     * @param start the same parameters before training, in the plan's order
     * @throws InvalidInputException {@code CHECKPOINT_MISMATCH} when these are other parameters
     */
    static TrainingStart saved(
            OrtCheckpoint saved, List<FloatTensor> start, long steps, long runs) {
        Map<String, FloatTensor> byName = new HashMap<>();
        saved.trainableParameters().forEach(tensor -> byName.put(tensor.name(), tensor));
        List<FloatTensor> ordered =
                start.stream()
                        .map(
                                tensor ->
                                        Optional.ofNullable(byName.get(tensor.name()))
                                                .filter(it -> it.shape().equals(tensor.shape()))
                                                .orElseThrow(() -> mismatch(tensor.name())))
                        .toList();
        return new TrainingStart(
                new OrtCheckpoint(
                        ordered,
                        saved.frozenParameters(),
                        saved.optimizerGroups(),
                        saved.properties()),
                steps,
                runs);
    }

    private static InvalidInputException mismatch(String parameter) {
        return new InvalidInputException(
                ErrorCode.CHECKPOINT_MISMATCH,
                "The checkpoint has not the parameter " + parameter + " of this run.",
                "Resume with the options that the run was started with, or start it anew.");
    }
}
