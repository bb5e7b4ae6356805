package dev.ortune.api.rest;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ortune.api.inference.Truncation;
import dev.ortune.serve.LongTexts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The body of a classification: exactly one of text and texts, as {@link ClassifyRules} demand.
 *
 * @param text one text
 * @param texts several
 * @param topK how many labels to answer, the best first; all in the model's order without it
 * @param threshold the least probability of a label that is answered
 * @param rawScores logits in place of probabilities
 * @param truncation what becomes of long texts; the model's own way without it
 */
@Schema(description = "Exactly one of text and texts.", example = "{\"text\": \"It was good.\"}")
public record ClassifyRequest(
        @Schema(description = "One text.", implementation = String.class) Optional<String> text,
        @Schema(description = "Several texts.", implementation = String[].class)
                Optional<List<String>> texts,
        @JsonProperty("top_k")
                @Schema(
                        name = "top_k",
                        description =
                                "How many labels to answer, the best first; at most the model's."
                                        + " Without it all, in the model's order.",
                        implementation = Integer.class,
                        minimum = "1")
                Optional<Integer> topK,
        @Schema(
                        description =
                                "Only labels whose probability is at least this; for a multi-label"
                                        + " model, the labels that the text has.",
                        implementation = Double.class,
                        minimum = "0",
                        maximum = "1")
                Optional<Double> threshold,
        @JsonProperty("raw_scores")
                @Schema(
                        name = "raw_scores",
                        description = "Logits in place of probabilities.",
                        implementation = Boolean.class,
                        defaultValue = "false")
                boolean rawScores,
        @Schema(
                        description =
                                "What becomes of a text beyond the model's tokens: its beginning or"
                                        + " its end is cut off, or it is read in windows whose"
                                        + " probabilities are averaged. Without it, what the model's"
                                        + " tokenizer configuration says.",
                        implementation = String.class,
                        enumeration = {"left", "right", "windows"})
                Optional<String> truncation) {

    @JsonCreator
    static ClassifyRequest of(
            @JsonProperty("text") String text,
            @JsonProperty("texts") List<String> texts,
            @JsonProperty("top_k") Integer topK,
            @JsonProperty("threshold") Double threshold,
            @JsonProperty("raw_scores") Boolean rawScores,
            @JsonProperty("truncation") String truncation) {
        return new ClassifyRequest(
                Optional.ofNullable(text),
                Optional.ofNullable(texts)
                        // A list as it came, with its nulls, for the rules to name them.
                        .map(list -> Collections.unmodifiableList(new ArrayList<>(list))),
                Optional.ofNullable(topK),
                Optional.ofNullable(threshold),
                Boolean.TRUE.equals(rawScores),
                Optional.ofNullable(truncation));
    }

    /** The texts of a valid request, in order. */
    List<String> all() {
        return texts.orElseGet(() -> text.stream().toList());
    }

    /** What becomes of long texts, in a valid request. */
    LongTexts longTexts() {
        return Truncation.parse(truncation, "truncation");
    }
}
