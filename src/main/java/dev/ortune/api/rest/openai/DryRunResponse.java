package dev.ortune.api.rest.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.tuning.DryRun;
import dev.ortune.tuning.ReportDocument;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What would become of a job.
 *
 * @param object {@code fine_tuning.job.dry_run}
 * @param valid whether it could be trained
 * @param report what was found in its rows, as a job's validation_report.json
 */
@Schema(name = "FineTuningDryRun")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record DryRunResponse(
        String object,
        boolean valid,
        @Schema(implementation = Estimate.class) Optional<Estimate> estimate,
        @Schema(implementation = Map.class) JsonNode report) {

    /**
     * What it would take.
     *
     * @param memoryBytes of its process at its height
     * @param seconds of training, evaluations left out; empty where nothing on this base has been
     *     trained before
     */
    @Schema(name = "FineTuningEstimate")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Estimate(
            @JsonProperty("total_steps") int totalSteps,
            @JsonProperty("trained_tokens") long trainedTokens,
            @JsonProperty("memory_bytes") long memoryBytes,
            @Schema(implementation = Double.class) Optional<Double> seconds,
            @JsonProperty("seconds_from_jobs") int jobs) {}

    static DryRunResponse of(DryRun run) {
        return new DryRunResponse(
                "fine_tuning.job.dry_run",
                run.estimate().isPresent(),
                run.estimate()
                        .map(
                                estimate ->
                                        new Estimate(
                                                estimate.totalSteps(),
                                                estimate.trainedTokens(),
                                                estimate.memoryBytes(),
                                                run.pace().map(DryRun.Pace::seconds),
                                                run.pace().map(DryRun.Pace::jobs).orElse(0))),
                ReportDocument.of(run.report()));
    }
}
