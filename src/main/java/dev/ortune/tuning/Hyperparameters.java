package dev.ortune.tuning;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.ortune.graph.ProblemType;
import dev.ortune.tokenizer.TruncationSide;
import dev.ortune.train.Schedule;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a job trains; the names in JSON are those of requests.
 *
 * @param epochs passes over the training rows
 * @param batchSize rows per batch
 * @param gradientAccumulation batches per optimizer step
 * @param learningRate the highest
 * @param schedule of the learning rate after its warm-up
 * @param warmupRatio share of the steps in which the rate rises
 * @param weightDecay decoupled, on all but biases
 * @param maxGradientNorm gradients are clipped to it; 0 for no clipping
 * @param maxLength longer texts are cut to so many tokens; the base's limit, 512 at most, without it
 * @param truncationSide the end that is cut off
 * @param groupByLength whether batches hold texts of like length
 * @param maxSteps ends the job after so many optimizer steps
 * @param earlyStopping ends it once the validation loss no longer falls
 * @param classWeights of the loss
 * @param problemType one label a row, or several
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Hyperparameters(
        @JsonProperty("n_epochs") int epochs,
        @JsonProperty("batch_size") int batchSize,
        @JsonProperty("gradient_accumulation_steps") int gradientAccumulation,
        @JsonProperty("learning_rate") double learningRate,
        @JsonProperty("lr_scheduler_type") @JsonSerialize(using = LowerCaseWord.class)
                Schedule schedule,
        @JsonProperty("warmup_ratio") double warmupRatio,
        @JsonProperty("weight_decay") double weightDecay,
        @JsonProperty("max_grad_norm") double maxGradientNorm,
        @JsonProperty("max_length") OptionalInt maxLength,
        @JsonProperty("truncation_side") @JsonSerialize(using = LowerCaseWord.class)
                TruncationSide truncationSide,
        @JsonProperty("group_by_length") boolean groupByLength,
        @JsonProperty("max_steps") OptionalInt maxSteps,
        @JsonProperty("early_stopping") Optional<StoppingChoice> earlyStopping,
        @JsonProperty("class_weights") Optional<ClassWeights> classWeights,
        @JsonProperty("problem_type") @JsonSerialize(using = LowerCaseWord.class)
                ProblemType problemType,
        LoraChoice lora) {

    /** The learning rate that a multiplier of 1 stands for. */
    public static final double DEFAULT_LEARNING_RATE = 1e-3;

    static final int MAX_EPOCHS = 1000;
    private static final int MAX_BATCH = 1024;
    private static final int MAX_TOKENS = 1 << 20;

    /** As {@code ortune train} has them. */
    public static final Hyperparameters DEFAULT =
            new Hyperparameters(
                    10,
                    4,
                    1,
                    DEFAULT_LEARNING_RATE,
                    Schedule.LINEAR,
                    0,
                    0.01,
                    1,
                    OptionalInt.empty(),
                    TruncationSide.RIGHT,
                    false,
                    OptionalInt.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    ProblemType.SINGLE_LABEL,
                    LoraChoice.DEFAULT);

    public Hyperparameters {
        range(epochs, 1, MAX_EPOCHS, "n_epochs");
        range(batchSize, 1, MAX_BATCH, "batch_size");
        range(gradientAccumulation, 1, MAX_BATCH, "gradient_accumulation_steps");
        TuningFault.require(
                Double.isFinite(learningRate) && learningRate > 0 && learningRate <= 10,
                "learning_rate",
                "must be a positive number of at most 10");
        TuningFault.require(
                warmupRatio >= 0 && warmupRatio <= 1, "warmup_ratio", "must be between 0 and 1");
        TuningFault.require(
                weightDecay >= 0 && weightDecay <= 1, "weight_decay", "must be between 0 and 1");
        TuningFault.require(
                Double.isFinite(maxGradientNorm) && maxGradientNorm >= 0,
                "max_grad_norm",
                "must be a number of at least 0");
        maxLength.ifPresent(tokens -> range(tokens, 3, MAX_TOKENS, "max_length"));
        maxSteps.ifPresent(steps -> range(steps, 1, Integer.MAX_VALUE, "max_steps"));
    }

    /** The longest text in tokens, on a base with so many positions. */
    int maxTokens(int positions) {
        return maxLength.orElse(Math.min(512, positions));
    }

    private static void range(int value, int least, int most, String field) {
        TuningFault.require(
                value >= least && value <= most,
                field,
                "must be between " + least + " and " + most + ", not " + value);
    }
}
