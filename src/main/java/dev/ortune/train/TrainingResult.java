package dev.ortune.train;

import dev.ortune.checkpoint.FloatTensor;
import java.util.List;

/**
 * The outcome of a run.
 *
 * @param epochs every epoch's report
 * @param bestEpoch the epoch whose parameters are kept, counted from 1
 * @param parameters those parameters, in the plan's order
 */
public record TrainingResult(
        List<EpochReport> epochs, int bestEpoch, List<FloatTensor> parameters) {

    public TrainingResult {
        epochs = List.copyOf(epochs);
        parameters = List.copyOf(parameters);
    }

    /** The report of the epoch that is kept. */
    public EpochReport best() {
        return epochs.stream()
                .filter(report -> report.epoch() == bestEpoch)
                .findFirst()
                .orElseThrow();
    }
}
