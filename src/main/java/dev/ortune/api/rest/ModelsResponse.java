package dev.ortune.api.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ortune.serve.ModelDescription;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The models that are served.
 *
 * @param object {@code list}, as OpenAI's clients expect
 * @param data the same models as OpenAI's clients know them
 * @param models by name
 */
public record ModelsResponse(String object, List<Entry> data, List<Model> models) {

    static ModelsResponse of(List<ModelDescription> models, String tenant) {
        return new ModelsResponse(
                "list",
                models.stream().map(model -> Entry.of(model, tenant)).toList(),
                models.stream().map(Model::of).toList());
    }

    /**
     * One model as OpenAI's clients know it.
     *
     * @param id the model's name
     * @param object {@code model}
     * @param created seconds since 1970
     * @param ownedBy the tenant, or {@code system} for models of all tenants
     */
    @Schema(name = "ModelEntry")
    public record Entry(
            String id, String object, long created, @JsonProperty("owned_by") String ownedBy) {

        static Entry of(ModelDescription model, String tenant) {
            return new Entry(
                    model.name(),
                    "model",
                    model.published().getEpochSecond(),
                    model.shared() ? "system" : tenant);
        }
    }

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
