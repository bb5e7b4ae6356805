package dev.ortune.api.rest.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ortune.job.Job;
import dev.ortune.tuning.Hyperparameters;
import dev.ortune.tuning.JobSpecification;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A job as OpenAI's clients know it, with our own fields beside.
 *
 * @param object {@code fine_tuning.job}
 * @param createdAt seconds since 1970, as all times here
 * @param organizationId the tenant
 * @param hyperparameters where older clients look for them
 * @param trainedTokens so far
 * @param progress in optimizer steps
 */
@Schema(name = "FineTuningJob")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record JobResponse(
        String id,
        String object,
        String model,
        @JsonProperty("created_at") long createdAt,
        @JsonProperty("started_at") @Schema(implementation = Long.class) Optional<Long> startedAt,
        @JsonProperty("finished_at") @Schema(implementation = Long.class) Optional<Long> finishedAt,
        @JsonProperty("estimated_finish") @Schema(implementation = Long.class)
                Optional<Long> estimatedFinish,
        @JsonProperty("fine_tuned_model") @Schema(implementation = String.class)
                Optional<String> fineTunedModel,
        @JsonProperty("organization_id") String organizationId,
        @JsonProperty("result_files") List<String> resultFiles,
        String status,
        @JsonProperty("training_file") String trainingFile,
        @JsonProperty("validation_file") @Schema(implementation = String.class)
                Optional<String> validationFile,
        @JsonProperty("trained_tokens") @Schema(implementation = Long.class)
                Optional<Long> trainedTokens,
        @Schema(implementation = Fault.class) Optional<Fault> error,
        int priority,
        long seed,
        @Schema(implementation = String.class) Optional<String> suffix,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) OlderHyperparameters hyperparameters,
        Method method,
        Map<String, String> metadata,
        List<String> integrations,
        Progress progress) {

    /** Why it failed. */
    @Schema(name = "FineTuningJobError")
    public record Fault(String code, String message, @Schema(nullable = true) String param) {}

    /** What OpenAI's older clients know. */
    @Schema(name = "FineTuningJobHyperparameters")
    public record OlderHyperparameters(
            @JsonProperty("n_epochs") int epochs,
            @JsonProperty("batch_size") int batchSize,
            @JsonProperty("learning_rate_multiplier") double multiplier) {}

    /** How it is trained. */
    @Schema(name = "FineTuningJobMethod")
    public record Method(String type, Supervised supervised) {}

    /** All hyperparameters. */
    @Schema(name = "FineTuningJobSupervised")
    public record Supervised(Hyperparameters hyperparameters) {}

    /** How far it has come, in optimizer steps. */
    @Schema(name = "FineTuningJobProgress")
    public record Progress(
            int step,
            @JsonProperty("total_steps") int totalSteps,
            @JsonProperty("checkpoint_step") int checkpointStep) {}

    static JobResponse of(Job job) {
        JobSpecification specification = JobSpecification.parse(job.specification());
        Hyperparameters chosen = specification.hyperparameters();
        return new JobResponse(
                job.id(),
                "fine_tuning.job",
                specification.model(),
                job.createdAt().getEpochSecond(),
                job.startedAt().map(Instant::getEpochSecond),
                job.finishedAt().map(Instant::getEpochSecond),
                job.estimatedFinish().map(Instant::getEpochSecond),
                job.resultModel(),
                job.tenant(),
                job.resultFiles(),
                job.status().name().toLowerCase(Locale.ROOT),
                specification.trainingFile(),
                specification.validationFile(),
                Optional.of(job.trainedTokens()).filter(tokens -> tokens > 0),
                job.failure().map(failure -> new Fault(failure.code(), failure.message(), null)),
                job.priority(),
                specification.seed(),
                specification.suffix(),
                new OlderHyperparameters(
                        chosen.epochs(),
                        chosen.batchSize(),
                        chosen.learningRate() / Hyperparameters.DEFAULT_LEARNING_RATE),
                new Method("supervised", new Supervised(chosen)),
                job.metadata(),
                List.of(),
                new Progress(
                        job.progress().step(),
                        job.progress().totalSteps(),
                        job.progress().checkpointStep()));
    }
}
