package dev.ortune.train;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.graph.OptimizerOptions;
import dev.ortune.tokenizer.TruncationSide;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How to train, apart from what is trained.
 *
 * @param epochs passes over the training data, at least 1
 * @param batchSize texts per batch, at least 1
 * @param gradientAccumulation batches per optimizer step, at least 1
 * @param learningRate the highest rate, positive
 * @param weightDecay decoupled decay, on all but biases
 * @param warmupRatio the share of all steps in which the rate rises, in [0, 1]
 * @param clipNorm the largest global gradient norm, or none
 * @param schedule of the learning rate
 * @param maxTokens longer texts are truncated to so many tokens, special ones included
 * @param truncationSide the end that is cut off
 * @param seed of the order, the new weights and the dropout masks
 * @param shuffle whether every epoch has its own order; without, that of the file
 * @param groupByLength whether batches hold texts of like length, as Trainer's {@code
 *     group_by_length}; only with shuffle
 * @param dropout whether any dropout acts
 * @param maxSteps ends the run after so many optimizer steps, if that comes first
 * @param earlyStopping ends the run once the validation loss no longer falls
 */
public record TrainingRecipe(
        int epochs,
        int batchSize,
        int gradientAccumulation,
        double learningRate,
        double weightDecay,
        double warmupRatio,
        OptionalDouble clipNorm,
        Schedule schedule,
        int maxTokens,
        TruncationSide truncationSide,
        long seed,
        boolean shuffle,
        boolean groupByLength,
        boolean dropout,
        OptionalInt maxSteps,
        Optional<EarlyStopping> earlyStopping) {

    public TrainingRecipe {
        require(epochs >= 1, "--epochs must be at least 1, not " + epochs);
        require(batchSize >= 1, "--batch-size must be at least 1, not " + batchSize);
        require(
                gradientAccumulation >= 1,
                "--gradient-accumulation must be at least 1, not " + gradientAccumulation);
        require(
                Double.isFinite(learningRate) && learningRate > 0,
                "--learning-rate must be a positive number, not " + learningRate);
        require(
                Double.isFinite(weightDecay) && weightDecay >= 0,
                "--weight-decay must be a number of at least 0, not " + weightDecay);
        require(
                warmupRatio >= 0 && warmupRatio <= 1,
                "--warmup-ratio must be between 0 and 1, not " + warmupRatio);
        clipNorm.ifPresent(
                norm ->
                        require(
                                Double.isFinite(norm) && norm > 0,
                                "--clip-norm must be a positive number, not " + norm));
        require(maxTokens >= 3, "--max-length must be at least 3 tokens, not " + maxTokens);
        require(
                shuffle || !groupByLength,
                "--group-by-length cannot be combined with --no-shuffle");
        maxSteps.ifPresent(
                steps -> require(steps >= 1, "--max-steps must be at least 1, not " + steps));
    }

    /** The optimizer's settings. */
    public OptimizerOptions optimizer() {
        return OptimizerOptions.adamW(weightDecay, clipNorm);
    }

    /** The recipe as names and values, for model cards. */
    public Map<String, String> toMap() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("epochs", Integer.toString(epochs));
        map.put("batch_size", Integer.toString(batchSize));
        map.put("gradient_accumulation", Integer.toString(gradientAccumulation));
        map.put("learning_rate", Double.toString(learningRate));
        map.put("schedule", schedule.name().toLowerCase(Locale.ROOT));
        map.put("warmup_ratio", Double.toString(warmupRatio));
        map.put("weight_decay", Double.toString(weightDecay));
        map.put(
                "clip_norm",
                clipNorm.isPresent() ? Double.toString(clipNorm.getAsDouble()) : "none");
        map.put("max_tokens", Integer.toString(maxTokens));
        map.put("truncation_side", truncationSide.name().toLowerCase(Locale.ROOT));
        map.put("shuffle", Boolean.toString(shuffle));
        map.put("group_by_length", Boolean.toString(groupByLength));
        map.put("dropout", Boolean.toString(dropout));
        map.put("seed", Long.toString(seed));
        maxSteps.ifPresent(steps -> map.put("max_steps", Integer.toString(steps)));
        earlyStopping.ifPresent(
                stopping -> {
                    map.put("early_stopping_patience", Integer.toString(stopping.patienceEpochs()));
                    map.put("early_stopping_min_delta", Double.toString(stopping.minDelta()));
                });
        return map;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    message + ".",
                    "Choose another value; ./ortune train --help shows the defaults.");
        }
    }
}
