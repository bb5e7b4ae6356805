package dev.ortune.bench.jobs;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ortune.bench.tool.Figures;
import dev.ortune.bench.tool.Finding;
import dev.ortune.bench.tool.MarkdownTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a run found, gathered by the scenario's thread and printed at the end. */
final class JobsReport {

    private final Map<String, String> facts;
    private final List<Timing> timings = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    /**
     * An empty report.
     *
     * @param facts on machine and settings, by name
     */
    JobsReport(Map<String, String> facts) {
        this.facts = new LinkedHashMap<>(facts);
    }

    void addFact(String name, String value) {
        facts.put(name, value);
    }

    void add(Timing timing) {
        timings.add(timing);
    }

    void add(Finding finding) {
        findings.add(finding);
    }

    /** Whether every demand is met. */
    boolean holds() {
        return timings.stream().allMatch(Timing::holds)
                && findings.stream().allMatch(Finding::holds);
    }

    /** For people, and for a page of documentation. */
    String markdown() {
        StringBuilder out = new StringBuilder();
        facts.forEach((name, value) -> out.append("- " + name + ": " + value + "\n"));
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("what", "times", "p50 ms", "p99 ms", "wanted p99 ms", "holds"));
        for (Timing timing : timings) {
            rows.add(
                    List.of(
                            timing.what(),
                            Integer.toString(timing.count()),
                            Figures.of(timing.median()),
                            Figures.of(timing.p99()),
                            "below " + Figures.of(timing.wantedMilliseconds()),
                            timing.holds() ? "yes" : "NO"));
        }
        MarkdownTable.append(out, rows);
        MarkdownTable.append(out, MarkdownTable.rows(findings));
        return out.toString();
    }

    /** For programs: one object. */
    ObjectNode json() {
        ObjectNode root = JsonMapper.builder().build().createObjectNode();
        ObjectNode named = root.putObject("facts");
        facts.forEach(named::put);
        ArrayNode times = root.putArray("timings");
        for (Timing timing : timings) {
            times.addObject()
                    .put("what", timing.what())
                    .put("count", timing.count())
                    .put("p50_milliseconds", timing.median())
                    .put("p99_milliseconds", timing.p99())
                    .put("wanted_p99_milliseconds", timing.wantedMilliseconds())
                    .put("holds", timing.holds());
        }
        ArrayNode found = root.putArray("findings");
        for (Finding finding : findings) {
            found.addObject()
                    .put("what", finding.what())
                    .put("value", finding.value())
                    .put("unit", finding.unit())
                    .put("demand", finding.demand())
                    .put("holds", finding.holds());
        }
        return root;
    }
}
