package dev.ortune.bench.serve;

import dev.ortune.bench.serve.load.ServerProcess;
import dev.ortune.bench.tool.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a run found, gathered by the scenario's thread and printed at the end. */
final class ServeReport {

    private final Map<String, String> facts;
    private final List<TextSet> texts = new ArrayList<>();
    private final List<ContestResult> contests = new ArrayList<>();
    private final List<Comparison> comparisons = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    /**
     * An empty report.
     *
     * @param facts on machine and settings, by name
     */
    ServeReport(Map<String, String> facts) {
        this.facts = new LinkedHashMap<>(facts);
    }

    /** What a Python service says of its libraries. */
    void addVersions(ServerProcess server) {
        facts.put(server.name(), server.health().replaceAll("[{}\"]|versions:", "").strip());
    }

    void add(TextSet set) {
        texts.add(set);
    }

    void add(ContestResult contest) {
        contests.add(contest);
    }

    void add(Comparison comparison) {
        comparisons.add(comparison);
    }

    void add(Finding finding) {
        findings.add(finding);
    }

    Map<String, String> facts() {
        return facts;
    }

    List<TextSet> texts() {
        return texts;
    }

    List<ContestResult> contests() {
        return contests;
    }

    List<Comparison> comparisons() {
        return comparisons;
    }

    List<Finding> findings() {
        return findings;
    }

    /** Whether every demand is met. */
    boolean holds() {
        return findings.stream().allMatch(Finding::holds);
    }
}
