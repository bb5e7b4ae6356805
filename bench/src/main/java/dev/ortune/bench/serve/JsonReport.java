package dev.ortune.bench.serve;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ortune.bench.race.Quantiles;
import dev.ortune.bench.serve.load.LoadResult;
import dev.ortune.bench.tool.Finding;

/** The report for programs: one object. */
final class JsonReport {

    private JsonReport() {}

    static ObjectNode of(ServeReport report) {
        ObjectNode root = JsonMapper.builder().build().createObjectNode();
        ObjectNode facts = root.putObject("facts");
        report.facts().forEach(facts::put);
        ArrayNode texts = root.putArray("texts");
        report.texts().forEach(set -> putTexts(texts.addObject(), set));
        ArrayNode loads = root.putArray("loads");
        report.contests().forEach(contest -> putContest(loads, contest));
        ArrayNode comparisons = root.putArray("comparisons");
        report.comparisons()
                .forEach(comparison -> putComparison(comparisons.addObject(), comparison));
        ArrayNode findings = root.putArray("findings");
        for (Finding finding : report.findings()) {
            findings.addObject()
                    .put("what", finding.what())
                    .put("value", finding.value())
                    .put("unit", finding.unit())
                    .put("demand", finding.demand())
                    .put("holds", finding.holds());
        }
        return root;
    }

    private static void putTexts(ObjectNode node, TextSet set) {
        Quantiles lengths = set.lengths();
        node.put("texts", set.label())
                .put("count", set.texts().size())
                .put("mean_words", set.meanWords())
                .put("mean_tokens", set.meanLength())
                .put("median_tokens", lengths.median())
                .put("p95_tokens", lengths.at(0.95))
                .put("max_tokens", lengths.at(1));
    }

    private static void putContest(ArrayNode loads, ContestResult contest) {
        for (String side : contest.rounds().keySet()) {
            Quantiles latencies = contest.latencies(side);
            ObjectNode node =
                    loads.addObject()
                            .put("load", contest.title())
                            .put("side", side)
                            .put("rounds", contest.rounds().get(side).size())
                            .put(
                                    "texts_per_second",
                                    contest.median(side, LoadResult::textsPerSecond))
                            .put(
                                    "tokens_per_second",
                                    contest.median(side, LoadResult::tokensPerSecond))
                            .put("p50_seconds", latencies.median())
                            .put("p99_seconds", latencies.at(ContestResult.P99))
                            .put("requests", latencies.sorted().size())
                            .put(
                                    "loader_processors",
                                    contest.median(side, LoadResult::loaderProcessors));
            ObjectNode failures = node.putObject("failures");
            contest.failures(side)
                    .forEach((status, count) -> failures.put(Integer.toString(status), count));
        }
    }

    private static void putComparison(ObjectNode node, Comparison comparison) {
        node.put("load", comparison.title())
                .put("side", comparison.side())
                .put("over", comparison.other());
        putQuantiles(node.putObject("throughput"), comparison.throughput());
        putQuantiles(node.putObject("p50"), comparison.p50());
        putQuantiles(node.putObject("p99"), comparison.p99());
    }

    private static void putQuantiles(ObjectNode node, Quantiles ratios) {
        node.put("median", ratios.median())
                .put("lower_quartile", ratios.lowerQuartile())
                .put("upper_quartile", ratios.upperQuartile());
    }
}
