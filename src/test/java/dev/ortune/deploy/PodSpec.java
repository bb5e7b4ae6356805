package dev.ortune.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The pods of a workload: a Deployment's, or those that KServe makes of a ServingRuntime and an
 * InferenceService.
 *
 * @param name of the workload
 * @param spec with {@code containers} and {@code volumes}
 * @param graceSeconds that a pod has to end in
 * @param settings what its one container has in the environment, but for secrets
 * @param secrets names in its environment that come from secrets
 */
record PodSpec(
        String name,
        JsonNode spec,
        int graceSeconds,
        Map<String, String> settings,
        List<String> secrets) {

    /** All that the documents of a rendering run. */
    static List<PodSpec> of(List<JsonNode> documents) {
        List<PodSpec> pods = new ArrayList<>();
        for (JsonNode document : documents) {
            String kind = document.path("kind").asText();
            if (kind.equals("Deployment")) {
                JsonNode spec = document.at("/spec/template/spec");
                pods.add(of(document, spec, grace(spec), documents));
            } else if (kind.equals("ServingRuntime")) {
                JsonNode predictor =
                        named(documents, "InferenceService", "reviews")
                                .orElseThrow()
                                .at("/spec/predictor");
                pods.add(of(document, document.path("spec"), grace(predictor), documents));
            }
        }
        return pods;
    }

    /** A document by kind and name. */
    static Optional<JsonNode> named(List<JsonNode> documents, String kind, String name) {
        return documents.stream()
                .filter(document -> document.path("kind").asText().equals(kind))
                .filter(document -> document.at("/metadata/name").asText().equals(name))
                .findFirst();
    }

    /** Its only container. */
    JsonNode container() {
        return spec.at("/containers/0");
    }

    /** A setting's length of time. */
    Duration duration(String setting, String otherwise) {
        return Duration.parse(settings.getOrDefault(setting, otherwise));
    }

    private static int grace(JsonNode spec) {
        return spec.path("terminationGracePeriodSeconds").asInt();
    }

    private static PodSpec of(
            JsonNode document, JsonNode spec, int graceSeconds, List<JsonNode> documents) {
        JsonNode container = spec.at("/containers/0");
        Map<String, String> settings = new TreeMap<>();
        List<String> secrets = new ArrayList<>();
        for (JsonNode source : container.path("envFrom")) {
            named(documents, "ConfigMap", source.at("/configMapRef/name").asText())
                    .orElseThrow()
                    .path("data")
                    .properties()
                    .forEach(entry -> settings.put(entry.getKey(), entry.getValue().asText()));
        }
        for (JsonNode variable : container.path("env")) {
            String name = variable.path("name").asText();
            if (variable.has("valueFrom")) {
                secrets.add(name);
            } else {
                settings.put(name, variable.path("value").asText());
            }
        }
        return new PodSpec(
                document.at("/metadata/name").asText(), spec, graceSeconds, settings, secrets);
    }
}
