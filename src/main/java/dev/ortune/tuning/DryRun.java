package dev.ortune.tuning;

import dev.ortune.dataset.check.DataCheckReport;
import java.util.Optional;

/**
 * What would become of a job.
 *
 * @param report on its rows
 * @param estimate empty where they cannot be trained on
 * @param pace where anything of the kind has been trained before
 */
public record DryRun(
        DataCheckReport report, Optional<TrainingEstimate> estimate, Optional<Pace> pace) {

    /**
     * How fast training goes.
     *
     * @param tokensPerSecond of one job
     * @param seconds for the whole of it, evaluations left out
     * @param jobs earlier ones that tell
     */
    public record Pace(double tokensPerSecond, double seconds, int jobs) {}
}
