package dev.ortune.api.rest;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The body of a classification: exactly one of the two, as {@link TextsWithinLimits} demands.
 *
 * @param text one text
 * @param texts several
 */
@TextsWithinLimits
@Schema(description = "Exactly one of text and texts.", example = "{\"text\": \"It was good.\"}")
public record ClassifyRequest(
        @Schema(description = "One text.", implementation = String.class) Optional<String> text,
        @Schema(description = "Several texts.", implementation = String[].class)
                Optional<List<String>> texts) {

    @JsonCreator
    static ClassifyRequest of(
            @JsonProperty("text") String text, @JsonProperty("texts") List<String> texts) {
        return new ClassifyRequest(
                Optional.ofNullable(text),
                Optional.ofNullable(texts)
                        // A list as it came, with its nulls, for the validator to name them.
                        .map(list -> Collections.unmodifiableList(new ArrayList<>(list))));
    }

    /** The texts of a valid request, in order. */
    List<String> all() {
        return texts.orElseGet(() -> text.stream().toList());
    }
}
