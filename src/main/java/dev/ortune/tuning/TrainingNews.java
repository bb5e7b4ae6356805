package dev.ortune.tuning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ortune.job.JobStep;
import java.util.Optional;
import java.util.OptionalDouble;

/** A line that {@code ortune train --events} writes. */
sealed interface TrainingNews {

    /** It is about to start. */
    record Started(int totalSteps) implements TrainingNews {}

    /** It goes on after a step of an earlier process. */
    record Resumed(int step) implements TrainingNews {}

    /** A step ended. */
    record Stepped(JobStep step) implements TrainingNews {}

    /** It is saved as it is after a step. */
    record Saved(int step) implements TrainingNews {}

    /**
     * An epoch ended.
     *
     * @param evaluation a JSON object
     */
    record EpochEnded(int epoch, int step, double trainingLoss, Optional<JsonNode> evaluation)
            implements TrainingNews {}

    /** The adapter is written. */
    record Done(int bestEpoch) implements TrainingNews {}

    /** It ends without a result. */
    record Refused(String code, String message, String remedy) implements TrainingNews {}

    /** Reads a line; empty for what is none of these. */
    static Optional<TrainingNews> parse(String line) {
        JsonNode node;
        try {
            node = JsonMapper.builder().build().readTree(line);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        if (node.has("error")) {
            JsonNode error = node.get("error");
            return Optional.of(
                    new Refused(
                            error.path("code").asText(),
                            error.path("message").asText(),
                            error.path("remedy").asText()));
        }
        if (node.has("best_epoch")) {
            return Optional.of(new Done(node.get("best_epoch").asInt()));
        }
        return switch (node.path("event").asText()) {
            case "started" -> Optional.of(new Started(node.path("total_steps").asInt()));
            case "resumed" -> Optional.of(new Resumed(node.path("step").asInt()));
            case "checkpoint" -> Optional.of(new Saved(node.path("step").asInt()));
            case "step" -> Optional.of(new Stepped(step(node)));
            case "epoch" ->
                    Optional.of(
                            new EpochEnded(
                                    node.path("epoch").asInt(),
                                    node.path("step").asInt(),
                                    node.path("training_loss").asDouble(),
                                    Optional.ofNullable(node.get("evaluation"))));
            default -> Optional.empty();
        };
    }

    private static JobStep step(JsonNode node) {
        return new JobStep(
                node.path("step").asInt(),
                node.path("epoch").asInt(),
                node.path("loss").asDouble(),
                node.path("learning_rate").asDouble(),
                node.has("gradient_norm")
                        ? OptionalDouble.of(node.get("gradient_norm").asDouble())
                        : OptionalDouble.empty(),
                node.path("tokens").asLong(),
                node.path("seconds").asDouble());
    }
}
