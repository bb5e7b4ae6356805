package dev.ortune.api.rest.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.job.JobEpoch;
import dev.ortune.tuning.EpochFigures;
import dev.ortune.tuning.JobCheckpoint;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What an epoch of a job brought.
 *
 * @param object {@code fine_tuning.job.checkpoint}
 * @param createdAt seconds since 1970
 * @param fineTunedModelCheckpoint the job's model, if it is this epoch's
 */
@Schema(name = "FineTuningJobCheckpoint")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record CheckpointResponse(
        String id,
        String object,
        @JsonProperty("created_at") long createdAt,
        @JsonProperty("fine_tuned_model_checkpoint") @Schema(implementation = String.class)
                Optional<String> fineTunedModelCheckpoint,
        @JsonProperty("fine_tuning_job_id") String jobId,
        @JsonProperty("step_number") int step,
        int epoch,
        Metrics metrics) {

    /**
     * The numbers.
     *
     * @param evaluation all of them, on the validation rows
     */
    @Schema(name = "FineTuningJobCheckpointMetrics")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Metrics(
            int step,
            @JsonProperty("train_loss") double trainLoss,
            @JsonProperty("full_valid_loss") @Schema(implementation = Double.class)
                    Optional<Double> validationLoss,
            @JsonProperty("full_valid_mean_token_accuracy") @Schema(implementation = Double.class)
                    Optional<Double> accuracy,
            @Schema(implementation = Map.class) Optional<JsonNode> evaluation) {}

    static CheckpointResponse of(JobCheckpoint checkpoint) {
        JobEpoch epoch = checkpoint.epoch();
        EpochFigures figures = checkpoint.figures();
        return new CheckpointResponse(
                checkpoint.id(),
                "fine_tuning.job.checkpoint",
                epoch.createdAt().getEpochSecond(),
                checkpoint.model(),
                checkpoint.jobId(),
                epoch.step(),
                epoch.epoch(),
                new Metrics(
                        epoch.step(),
                        epoch.trainingLoss(),
                        figures.loss(),
                        figures.accuracy(),
                        figures.evaluation()));
    }
}
