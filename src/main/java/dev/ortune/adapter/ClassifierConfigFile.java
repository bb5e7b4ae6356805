package dev.ortune.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ortune.graph.ModelFamily;
import dev.ortune.graph.ProblemType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** The classifier's Hugging Face {@code config.json}: the base's own, plus what the labels mean. */
final class ClassifierConfigFile {

    static final String NAME = "config.json";

    private ClassifierConfigFile() {}

    /**
     * The labels of an adapter, unnamed where nothing beside it names them.
     *
     * @throws dev.ortune.error.InvalidInputException {@code ADAPTER_FORMAT} when the labels do not
     *     fit the classifier
     */
    static LabelScheme readLabels(Path folder, int labelCount) {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            return LabelScheme.unnamed(labelCount, ProblemType.SINGLE_LABEL);
        }
        ObjectNode json = JsonText.readObject(file);
        ProblemType problemType = problemType(file, json.path("problem_type"));
        JsonNode names = json.path("id2label");
        if (names.isMissingNode() || names.isNull()) {
            return LabelScheme.unnamed(labelCount, problemType);
        }
        return new LabelScheme(labels(file, names, labelCount), problemType);
    }

    static byte[] content(JsonNode baseConfig, ModelFamily family, LabelScheme scheme) {
        ObjectNode json = baseConfig.deepCopy();
        json.putArray("architectures").add(family.classifierArchitecture());
        ObjectNode names = json.putObject("id2label");
        ObjectNode indices = json.putObject("label2id");
        for (int index = 0; index < scheme.labels().size(); index++) {
            names.put(Integer.toString(index), scheme.labels().get(index));
            indices.put(scheme.labels().get(index), index);
        }
        json.put("problem_type", scheme.problemType().huggingFaceName());
        return JsonText.write(json);
    }

    private static ProblemType problemType(Path file, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return ProblemType.SINGLE_LABEL;
        }
        for (ProblemType candidate : ProblemType.values()) {
            if (candidate.huggingFaceName().equals(value.asText())) {
                return candidate;
            }
        }
        throw AdapterFault.inFile(
                file,
                "\"problem_type\" is " + value,
                "Use a classifier: single_label_classification or multi_label_classification.");
    }

    private static List<String> labels(Path file, JsonNode names, int labelCount) {
        List<String> labels = new ArrayList<>();
        for (int index = 0; index < labelCount; index++) {
            labels.add(names.path(Integer.toString(index)).asText(""));
        }
        boolean complete =
                names.size() == labelCount
                        && labels.stream().noneMatch(String::isBlank)
                        && new HashSet<>(labels).size() == labelCount;
        if (!complete) {
            throw AdapterFault.inFile(
                    file,
                    "\"id2label\" does not name each of the classifier's "
                            + labelCount
                            + " labels once",
                    "Use the config.json that was saved with the adapter, or remove it.");
        }
        return labels;
    }
}
