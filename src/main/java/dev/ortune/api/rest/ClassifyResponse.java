package dev.ortune.api.rest;

import dev.ortune.serve.Classification;
import dev.ortune.serve.LabelScore;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The answers.
 *
 * @param model the model's name
 * @param results one per text, in the order of the texts
 */
public record ClassifyResponse(String model, List<Result> results) {

    /**
     * One text's answer.
     *
     * @param label the most probable label
     * @param score its probability
     * @param scores every label's probability, in the model's order of labels
     */
    @Schema(name = "Classification")
    public record Result(String label, double score, List<LabelScore> scores) {

        static Result of(Classification classification) {
            return new Result(
                    classification.label(), classification.score(), classification.scores());
        }
    }
}
