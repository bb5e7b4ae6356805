package dev.ortune.bench.scaling;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ortune.bench.tool.MarkdownTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a run found, gathered by the scenario's thread and printed at the end. */
final class ScalingReport {

    private final Map<String, String> facts;
    private final List<ReportTable> tables = new ArrayList<>();

    /**
     * An empty report.
     *
     * @param facts on machine and settings, by name
     */
    ScalingReport(Map<String, String> facts) {
        this.facts = new LinkedHashMap<>(facts);
    }

    void addFact(String name, String value) {
        facts.put(name, value);
    }

    void add(ReportTable table) {
        tables.add(table);
    }

    /** For people, and for a page of documentation. */
    String markdown() {
        StringBuilder out = new StringBuilder();
        facts.forEach((name, value) -> out.append("- " + name + ": " + value + "\n"));
        for (ReportTable table : tables) {
            out.append("\n" + table.title() + ":\n");
            List<List<String>> rows = new ArrayList<>();
            rows.add(table.head());
            rows.addAll(table.rows());
            MarkdownTable.append(out, rows);
        }
        return out.toString();
    }

    /** For programs: one object. */
    ObjectNode json() {
        ObjectNode root = JsonMapper.builder().build().createObjectNode();
        ObjectNode named = root.putObject("facts");
        facts.forEach(named::put);
        ArrayNode found = root.putArray("tables");
        for (ReportTable table : tables) {
            ObjectNode one = found.addObject().put("title", table.title());
            ArrayNode rows = one.putArray("rows");
            for (List<String> row : table.rows()) {
                ObjectNode cells = rows.addObject();
                for (int i = 0; i < row.size(); i++) {
                    cells.put(table.head().get(i), row.get(i));
                }
            }
        }
        return root;
    }
}
