package dev.ortune.tuning;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ortune.dataset.LabelSet;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.io.AtomicFiles;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A job's options under the names of {@code ortune train}.
 *
 * @param options by name, without dashes
 */
record RecipeDocument(Map<String, Object> options) {

    RecipeDocument {
        options = new LinkedHashMap<>(options);
    }

    /**
     * The options of a job.
     *
     * @param rowsByLabel of the training rows
     * @throws InvalidInputException {@code INVALID_REQUEST} for a weight whose label no row has
     */
    static RecipeDocument of(JobSpecification job, int positions, Map<String, Long> rowsByLabel) {
        Hyperparameters chosen = job.hyperparameters();
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("epochs", chosen.epochs());
        options.put("batch_size", chosen.batchSize());
        options.put("gradient_accumulation", chosen.gradientAccumulation());
        options.put("learning_rate", chosen.learningRate());
        options.put("schedule", word(chosen.schedule()));
        options.put("warmup_ratio", chosen.warmupRatio());
        options.put("weight_decay", chosen.weightDecay());
        options.put("clip_norm", chosen.maxGradientNorm());
        options.put("max_length", chosen.maxTokens(positions));
        options.put("truncation_side", word(chosen.truncationSide()));
        options.put("seed", job.seed());
        if (chosen.groupByLength()) {
            options.put("group_by_length", true);
        }
        chosen.maxSteps().ifPresent(steps -> options.put("max_steps", steps));
        chosen.earlyStopping()
                .ifPresent(
                        stopping -> {
                            options.put("early_stopping_patience", stopping.patience());
                            options.put("early_stopping_min_delta", stopping.minDelta());
                        });
        options.put("problem_type", word(chosen.problemType()));
        options.put("lora_rank", chosen.lora().rank());
        options.put("lora_alpha", chosen.lora().alpha());
        options.put("lora_dropout", chosen.lora().dropout());
        if (!chosen.lora().targetModules().isEmpty()) {
            options.put("target_modules", chosen.lora().targetModules());
        }
        chosen.classWeights()
                .ifPresent(
                        weights ->
                                options.put("label_weights", labelWeights(weights, rowsByLabel)));
        options.put("threads", job.threads());
        return new RecipeDocument(options);
    }

    void write(Path file) {
        AtomicFiles.write(
                file,
                out ->
                        out.write(
                                JsonMapper.builder()
                                        .build()
                                        .writerWithDefaultPrettyPrinter()
                                        .writeValueAsBytes(options)));
    }

    /** In the order of the logits. */
    private static List<Float> labelWeights(ClassWeights weights, Map<String, Long> rowsByLabel) {
        List<String> labels = LabelSet.inOrder(rowsByLabel.keySet());
        if (weights instanceof ClassWeights.Given given) {
            requireKnown(given, labels);
            return labels.stream()
                    .map(label -> given.weights().getOrDefault(label, 1.0).floatValue())
                    .toList();
        }
        double rows = rowsByLabel.values().stream().mapToLong(Long::longValue).sum();
        return labels.stream()
                .map(label -> (float) (rows / (labels.size() * (double) rowsByLabel.get(label))))
                .toList();
    }

    private static void requireKnown(ClassWeights.Given given, List<String> labels) {
        for (String label : given.weights().keySet()) {
            if (!labels.contains(label)) {
                throw InvalidInputException.ofField(
                        ErrorCode.INVALID_REQUEST,
                        "class_weights." + label,
                        "no training row has the label",
                        "Name labels of the training file: " + String.join(", ", labels) + ".");
            }
        }
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
