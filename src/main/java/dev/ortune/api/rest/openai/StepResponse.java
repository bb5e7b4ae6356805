package dev.ortune.api.rest.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ortune.job.JobStep;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An optimizer step.
 *
 * @param gradientNorm before it was clipped
 * @param tokens trained so far
 */
@Schema(name = "FineTuningStep")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record StepResponse(
        int step,
        int epoch,
        @JsonProperty("train_loss") double loss,
        @JsonProperty("learning_rate") double learningRate,
        @JsonProperty("grad_norm") @Schema(implementation = Double.class)
                Optional<Double> gradientNorm,
        long tokens,
        @JsonProperty("tokens_per_second") double tokensPerSecond) {

    static StepResponse of(JobStep step) {
        return new StepResponse(
                step.step(),
                step.epoch(),
                step.loss(),
                step.learningRate(),
                step.gradientNorm().isPresent()
                        ? Optional.of(step.gradientNorm().getAsDouble())
                        : Optional.empty(),
                step.tokens(),
                step.tokensPerSecond());
    }
}
