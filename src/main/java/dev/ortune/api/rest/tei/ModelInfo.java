package dev.ortune.api.rest.tei;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ortune.serve.ModelDescription;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The protocol's {@code Info}, as far as it has a meaning here: what describes its own batcher and
 * build is left out.
 *
 * @param modelId the model's name and version
 * @param modelDtype the type of its numbers
 * @param modelType {@code classifier}, with its labels
 * @param maxInputLength the longest text in tokens
 * @param maxClientBatchSize the most texts of a request
 * @param autoTruncate whether texts are cut unless a request says otherwise
 * @param version the server's
 */
@Schema(name = "PredictInfo")
record ModelInfo(
        @JsonProperty("model_id") @Schema(name = "model_id") String modelId,
        @JsonProperty("model_dtype") @Schema(name = "model_dtype") String modelDtype,
        @JsonProperty("model_type") @Schema(name = "model_type") Map<String, Labels> modelType,
        @JsonProperty("max_input_length") @Schema(name = "max_input_length") int maxInputLength,
        @JsonProperty("max_client_batch_size") @Schema(name = "max_client_batch_size")
                int maxClientBatchSize,
        @JsonProperty("auto_truncate") @Schema(name = "auto_truncate") boolean autoTruncate,
        String version) {

    static ModelInfo of(ModelDescription model, int maxTexts, String serverVersion) {
        return new ModelInfo(
                model.name() + "@" + model.version(),
                "float32",
                Map.of("classifier", Labels.of(model.labelNames())),
                model.maxTokens(),
                maxTexts,
                false,
                serverVersion);
    }

    /** Label names by index and the other way round. */
    @Schema(name = "PredictLabels")
    record Labels(Map<String, String> id2label, Map<String, Integer> label2id) {

        static Labels of(List<String> names) {
            Map<String, String> byIndex = new LinkedHashMap<>();
            Map<String, Integer> byName = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                byIndex.put(Integer.toString(i), names.get(i));
                byName.put(names.get(i), i);
            }
            return new Labels(byIndex, byName);
        }
    }
}
