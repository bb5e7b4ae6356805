package dev.ortune.api.rest;

import dev.ortune.serve.ClassificationAnswer;
import dev.ortune.serve.LabelScore;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The answers.
 *
 * @param model the model's name
 * @param version the version that answered
 * @param results one per text, in the order of the texts
 */
public record ClassifyResponse(String model, String version, List<Result> results) {

    static ClassifyResponse of(ClassificationAnswer answer, LabelChoice choice) {
        return new ClassifyResponse(
                answer.model().name(),
                answer.model().version(),
                answer.results().stream().map(choice::apply).toList());
    }

    /**
     * One text's answer.
     *
     * @param label the most probable label
     * @param score its probability, or its logit where raw scores are asked for
     * @param scores the labels that the request asks for: all in the model's order of labels, or the
     *     best first where it says how many
     */
    @Schema(name = "Classification")
    public record Result(String label, double score, List<LabelScore> scores) {}
}
