package dev.ortune.tuning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ortune.error.InternalException;
import dev.ortune.job.JobEpoch;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The figures of an epoch that people look at first; all empty without validation rows.
 *
 * @param calibrationError expected, 0 at best
 * @param evaluation all that was measured, a JSON object
 */
public record EpochFigures(
        Optional<Double> loss,
        Optional<Double> accuracy,
        Optional<Double> macroF1,
        Optional<Double> calibrationError,
        Optional<JsonNode> evaluation) {

    /** An epoch's. */
    public static EpochFigures of(JobEpoch epoch) {
        Optional<JsonNode> evaluation = epoch.evaluation().map(EpochFigures::parse);
        return new EpochFigures(
                number(evaluation, "loss"),
                number(evaluation, "accuracy"),
                number(evaluation, "macroF1"),
                number(evaluation, "calibrationError"),
                evaluation);
    }

    /** The epoch whose parameters are kept, by the rule of {@code train.BestEpoch}. */
    public static OptionalInt best(List<JobEpoch> epochs) {
        if (epochs.isEmpty()) {
            return OptionalInt.empty();
        }
        Comparator<JobEpoch> better =
                Comparator.<JobEpoch>comparingDouble(epoch -> of(epoch).accuracy().orElse(0.0))
                        .thenComparing(
                                epoch -> of(epoch).loss().orElse(0.0), Comparator.reverseOrder())
                        // Of equal ones the first, and without figures the last.
                        .thenComparingInt(
                                epoch ->
                                        epoch.evaluation().isPresent()
                                                ? -epoch.epoch()
                                                : epoch.epoch());
        return epochs.stream().max(better).stream().mapToInt(JobEpoch::epoch).findFirst();
    }

    private static Optional<Double> number(Optional<JsonNode> evaluation, String name) {
        return evaluation
                .map(node -> node.path(name))
                .filter(JsonNode::isNumber)
                .map(JsonNode::doubleValue);
    }

    private static JsonNode parse(String json) {
        try {
            return JsonMapper.builder().build().readTree(json);
        } catch (JsonProcessingException e) {
            throw new InternalException("An epoch's evaluation cannot be read.", e);
        }
    }
}
