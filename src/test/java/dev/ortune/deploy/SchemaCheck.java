package dev.ortune.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * The part of JSON Schema that the schemas in {@code deploy/} are written in: {@code type}, {@code
 * properties}, {@code required}, {@code items}, {@code enum}, {@code pattern}, and {@code
 * additionalProperties} as a schema; without it, what {@code properties} does not name is a fault.
 * {@code x-kubernetes} names a part of Kubernetes' own.
 */
final class SchemaCheck {

    private final BiFunction<JsonNode, String, List<String>> kubernetes;

    /**
     * A check.
     *
     * @param kubernetes the faults of a part of Kubernetes' own, by its name
     */
    SchemaCheck(BiFunction<JsonNode, String, List<String>> kubernetes) {
        this.kubernetes = kubernetes;
    }

    /** What is wrong with a document. */
    List<String> faults(JsonNode schema, JsonNode document) {
        List<String> faults = new ArrayList<>();
        check(schema, document, "", faults);
        return faults;
    }

    private void check(JsonNode schema, JsonNode node, String place, List<String> faults) {
        if (schema.has("x-kubernetes")) {
            kubernetes
                    .apply(node, schema.path("x-kubernetes").asText())
                    .forEach(fault -> faults.add(place + ": " + fault));
            return;
        }
        String type = schema.path("type").asText();
        if (!isOf(type, node)) {
            faults.add(place + ": " + node + " is no " + type);
            return;
        }
        if (schema.has("enum") && !contains(schema.path("enum"), node)) {
            faults.add(place + ": " + node + " is none of " + schema.path("enum"));
        }
        if (schema.has("pattern")
                && !Pattern.matches(schema.path("pattern").asText(), node.asText())) {
            faults.add(place + ": " + node + " is not like " + schema.path("pattern"));
        }
        for (JsonNode item : type.equals("array") ? node : List.<JsonNode>of()) {
            check(schema.path("items"), item, place + "[]", faults);
        }
        if (type.equals("object")) {
            checkFields(schema, node, place, faults);
        }
    }

    private void checkFields(JsonNode schema, JsonNode node, String place, List<String> faults) {
        for (JsonNode name : schema.path("required")) {
            if (!node.has(name.asText())) {
                faults.add(place + ": " + name.asText() + " is missing");
            }
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String inner = place + "." + field.getKey();
            JsonNode known = schema.path("properties").path(field.getKey());
            if (known.isMissingNode()) {
                known = schema.path("additionalProperties");
            }
            if (known.isMissingNode()) {
                faults.add(inner + " is no field");
            } else {
                check(known, field.getValue(), inner, faults);
            }
        }
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        for (JsonNode one : values) {
            if (one.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOf(String type, JsonNode node) {
        return switch (type) {
            case "object" -> node.isObject();
            case "array" -> node.isArray();
            case "string" -> node.isTextual();
            case "integer" -> node.isIntegralNumber();
            case "boolean" -> node.isBoolean();
            default -> throw new IllegalArgumentException("type " + type);
        };
    }
}
