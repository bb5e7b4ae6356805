package dev.ortune.api.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ortune.serve.ModelDescription;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The models that are served.
 *
 * @param models by name
 */
public record ModelsResponse(List<Model> models) {

    /**
     * One model.
     *
     * @param name as requests name it
     * @param base the base that its adapter names
     * @param labels in the order of the scores
     * @param problemType {@code single_label} or {@code multi_label}
     * @param maxTokens longer texts are cut to this many tokens
     */
    @Schema(name = "Model")
    public record Model(
            String name,
            String base,
            List<String> labels,
            @JsonProperty("problem_type") String problemType,
            @JsonProperty("max_tokens") int maxTokens) {

        static Model of(ModelDescription model) {
            return new Model(
                    model.name(),
                    model.base(),
                    model.labelNames(),
                    model.problemType(),
                    model.maxTokens());
        }
    }
}
