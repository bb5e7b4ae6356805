package dev.ortune.graph.family;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.graph.ClassifierModel;
import dev.ortune.graph.ModelFamily;
import java.util.List;
import java.util.stream.Collectors;

/** The families that Ortune knows. */
public final class ModelFamilies {

    private static final List<ModelFamily> ALL = List.of(new DistilBert(), new Bert());

    private ModelFamilies() {}

    /**
     * The model that a parsed {@code config.json} describes.
     *
     * @throws InvalidInputException {@code BASE_UNSUPPORTED_ARCHITECTURE} for an unknown family,
     *     {@code BASE_CONFIG} for a number that is missing or makes no sense
     */
    public static ClassifierModel model(JsonNode config) {
        String modelType = config.path("model_type").asText("");
        ModelFamily family =
                ALL.stream()
                        .filter(candidate -> candidate.modelType().equals(modelType))
                        .findFirst()
                        .orElseThrow(() -> unsupported(modelType));
        return ClassifierModel.of(family, config);
    }

    private static InvalidInputException unsupported(String modelType) {
        String known = ALL.stream().map(ModelFamily::modelType).collect(Collectors.joining(" or "));
        return new InvalidInputException(
                ErrorCode.BASE_UNSUPPORTED_ARCHITECTURE,
                modelType.isEmpty()
                        ? "config.json has no \"model_type\"."
                        : "The base is of the architecture \"" + modelType + "\".",
                "Use a base whose model_type is " + known + ".");
    }
}
