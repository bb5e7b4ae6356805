package dev.ortune.api.rest.openai;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of a creation, for the OpenAPI document; {@link CreateJob} reads it. */
@Schema(name = "CreateFineTuningJob")
record CreateJobSchema(
        @Schema(required = true, description = "A base of this service.") String model,
        @JsonProperty("training_file")
                @Schema(name = "training_file", required = true, description = "A file's id.")
                String trainingFile,
        @JsonProperty("validation_file") @Schema(name = "validation_file") String validationFile,
        @Schema(description = "Becomes part of the model's name.") String suffix,
        @Schema(minimum = "0", maximum = "2147483647") Long seed,
        @Schema(description = "Notes, by which jobs are found.") Map<String, String> metadata,
        @Schema(description = "-100 to 100; above 0 for administrators.") Integer priority,
        @JsonProperty("dry_run") @Schema(name = "dry_run") Boolean dryRun,
        MethodSchema method) {

    /** The method. */
    @Schema(name = "FineTuningMethod")
    record MethodSchema(
            @Schema(required = true, enumeration = "supervised") String type,
            SupervisedSchema supervised) {}

    /** What there is to choose. */
    @Schema(name = "FineTuningSupervised")
    record SupervisedSchema(HyperparametersSchema hyperparameters) {}

    /** The hyperparameters; "auto" or nothing for the default. */
    @Schema(name = "FineTuningHyperparameters")
    record HyperparametersSchema(
            @JsonProperty("n_epochs") @Schema(name = "n_epochs", defaultValue = "10")
                    Integer epochs,
            @JsonProperty("batch_size") @Schema(name = "batch_size", defaultValue = "4")
                    Integer batchSize,
            @JsonProperty("gradient_accumulation_steps")
                    @Schema(name = "gradient_accumulation_steps", defaultValue = "1")
                    Integer gradientAccumulation,
            @JsonProperty("learning_rate") @Schema(name = "learning_rate", defaultValue = "0.001")
                    Double learningRate,
            @JsonProperty("learning_rate_multiplier")
                    @Schema(
                            name = "learning_rate_multiplier",
                            description = "Of 0.001, in place of learning_rate.")
                    Double multiplier,
            @JsonProperty("lr_scheduler_type")
                    @Schema(
                            name = "lr_scheduler_type",
                            enumeration = {"linear", "constant"})
                    String schedule,
            @JsonProperty("warmup_ratio") @Schema(name = "warmup_ratio") Double warmupRatio,
            @JsonProperty("weight_decay") @Schema(name = "weight_decay", defaultValue = "0.01")
                    Double weightDecay,
            @JsonProperty("max_grad_norm")
                    @Schema(name = "max_grad_norm", defaultValue = "1", description = "0 for none.")
                    Double maxGradientNorm,
            @JsonProperty("max_length") @Schema(name = "max_length") Integer maxLength,
            @JsonProperty("truncation_side")
                    @Schema(
                            name = "truncation_side",
                            enumeration = {"right", "left"})
                    String truncationSide,
            @JsonProperty("group_by_length") @Schema(name = "group_by_length")
                    Boolean groupByLength,
            @JsonProperty("max_steps") @Schema(name = "max_steps") Integer maxSteps,
            @JsonProperty("early_stopping") @Schema(name = "early_stopping")
                    StoppingSchema earlyStopping,
            @JsonProperty("class_weights")
                    @Schema(
                            name = "class_weights",
                            description = "A weight by label, or \"balanced\".")
                    Object classWeights,
            @JsonProperty("problem_type")
                    @Schema(
                            name = "problem_type",
                            enumeration = {"single_label", "multi_label"})
                    String problemType,
            LoraSchema lora) {}

    /** When to stop early. */
    @Schema(name = "FineTuningEarlyStopping")
    record StoppingSchema(
            Integer patience,
            @JsonProperty("min_delta") @Schema(name = "min_delta") Double minDelta) {}

    /** The low-rank update. */
    @Schema(name = "FineTuningLora")
    record LoraSchema(
            @Schema(defaultValue = "4") Integer r,
            @Schema(defaultValue = "32") Double alpha,
            @Schema(defaultValue = "0.01") Double dropout,
            @JsonProperty("target_modules") @Schema(name = "target_modules")
                    java.util.List<String> targetModules) {}
}
