package dev.ortune.api.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What there is to ask, from the OpenAPI document.
 *
 * @param operations in the document's order
 */
record ApiDocument(JsonNode root, List<Operation> operations) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]+)}");
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    /**
     * Something to ask.
     *
     * @param path with placeholders
     * @param bodies what is documented of a body, by media type
     * @param statuses that are documented
     */
    record Operation(
            String method,
            String path,
            List<Parameter> parameters,
            Map<String, JsonNode> bodies,
            Set<String> statuses) {

        /** The path with values for its placeholders, each given the path up to it. */
        String filled(UnaryOperator<String> value) {
            return PLACEHOLDER
                    .matcher(path)
                    .replaceAll(
                            match ->
                                    Matcher.quoteReplacement(
                                            value.apply(path.substring(0, match.end()))));
        }

        /** What a parameter of the path is called there. */
        Set<String> placeholders() {
            return PLACEHOLDER
                    .matcher(path)
                    .results()
                    .map(match -> match.group(1))
                    .collect(Collectors.toSet());
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /**
     * A parameter.
     *
     * @param place as in {@code query}
     */
    record Parameter(String name, String place, JsonNode schema) {}

    static ApiDocument parse(String json) throws JsonProcessingException {
        JsonNode root = MAPPER.readTree(json);
        List<Operation> operations = new ArrayList<>();
        root.path("paths")
                .fields()
                .forEachRemaining(
                        path ->
                                path.getValue()
                                        .fields()
                                        .forEachRemaining(
                                                one -> {
                                                    if (METHODS.contains(one.getKey())) {
                                                        operations.add(
                                                                operation(
                                                                        one.getKey(),
                                                                        path.getKey(),
                                                                        path.getValue(),
                                                                        one.getValue()));
                                                    }
                                                }));
        return new ApiDocument(root, List.copyOf(operations));
    }

    /** A schema itself, where there may be a reference to one. */
    JsonNode resolved(JsonNode schema) {
        JsonNode now = schema;
        for (int hops = 0; now.has("$ref") && hops < 20; hops++) {
            now = root.at(now.get("$ref").asText().substring(1));
        }
        return now;
    }

    /** Where what a path names is listed: the path without a placeholder at its end. */
    static String collection(String path) {
        return path.endsWith("}") ? path.substring(0, path.lastIndexOf('/')) : path;
    }

    private static Operation operation(String method, String path, JsonNode item, JsonNode node) {
        List<Parameter> parameters = new ArrayList<>();
        for (JsonNode declared : List.of(item.path("parameters"), node.path("parameters"))) {
            declared.forEach(
                    one ->
                            parameters.add(
                                    new Parameter(
                                            one.path("name").asText(),
                                            one.path("in").asText(),
                                            one.path("schema"))));
        }
        Map<String, JsonNode> bodies = new TreeMap<>();
        node.path("requestBody")
                .path("content")
                .fields()
                .forEachRemaining(body -> bodies.put(body.getKey(), body.getValue()));
        Set<String> statuses = new TreeSet<>();
        for (Iterator<String> names = node.path("responses").fieldNames(); names.hasNext(); ) {
            statuses.add(names.next());
        }
        return new Operation(method.toUpperCase(Locale.ROOT), path, parameters, bodies, statuses);
    }
}
