package dev.ortune.observability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Grafana's dashboard as its file has it. */
record Dashboard(JsonNode root) {

    static Dashboard read(Path file) throws IOException {
        return new Dashboard(JsonMapper.builder().build().readTree(file.toFile()));
    }

    /** Titles of the rows. */
    List<String> rows() {
        return elements(root.path("panels"))
                .filter(panel -> panel.path("type").asText().equals("row"))
                .map(row -> row.path("title").asText())
                .toList();
    }

    /** Names of the variables. */
    List<String> variables() {
        return elements(root.path("templating").path("list"))
                .map(variable -> variable.path("name").asText())
                .toList();
    }

    /** Every panel's every query, with all chosen in every variable. */
    List<String> queries() {
        return elements(root.path("panels"))
                .flatMap(panel -> elements(panel.path("targets")))
                .map(target -> chosen(target.path("expr").asText()))
                .toList();
    }

    /** The series from whose labels the variables take their values. */
    List<String> variableSeries() {
        return elements(root.path("templating").path("list"))
                .filter(variable -> variable.path("type").asText().equals("query"))
                .map(variable -> variable.path("query").path("query").asText())
                .map(query -> query.replaceAll("label_values\\((.*), \\w+\\)", "$1"))
                .map(Dashboard::chosen)
                .toList();
    }

    private static String chosen(String expression) {
        return expression
                .replace("$__rate_interval", "1m")
                .replaceAll("\\$(instance|tenant|model)\\b", ".*");
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
