package dev.ortune.bench.serve;

import dev.ortune.bench.race.Quantiles;
import dev.ortune.bench.serve.load.LoadResult;
import dev.ortune.bench.tool.Figures;
import dev.ortune.bench.tool.MarkdownTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report for people, and for a page of documentation. */
final class MarkdownReport {

    private MarkdownReport() {}

    static String of(ServeReport report) {
        StringBuilder out = new StringBuilder();
        report.facts().forEach((name, value) -> out.append("- " + name + ": " + value + "\n"));
        report.texts().forEach(set -> out.append("- " + texts(set) + "\n"));
        MarkdownTable.append(out, contestRows(report));
        MarkdownTable.append(out, comparisonRows(report));
        MarkdownTable.append(out, MarkdownTable.rows(report.findings()));
        return out.toString();
    }

    private static String texts(TextSet set) {
        Quantiles lengths = set.lengths();
        return String.format(
                Locale.ROOT,
                "%s: %d texts, %.1f words on average; tokens: mean %.1f, p50 %.0f, p95 %.0f, max %.0f",
                set.label(),
                set.texts().size(),
                set.meanWords(),
                set.meanLength(),
                lengths.median(),
                lengths.at(0.95),
                lengths.at(1));
    }

    private static List<List<String>> contestRows(ServeReport report) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                List.of(
                        "load",
                        "side",
                        "texts/s",
                        "tokens/s",
                        "p50 ms",
                        "p99 ms",
                        "requests",
                        "failures",
                        "loader's processors"));
        for (ContestResult contest : report.contests()) {
            for (String side : contest.rounds().keySet()) {
                Quantiles latencies = contest.latencies(side);
                rows.add(
                        List.of(
                                contest.title(),
                                side,
                                number(contest.median(side, LoadResult::textsPerSecond)),
                                number(contest.median(side, LoadResult::tokensPerSecond)),
                                number(1000 * latencies.median()),
                                number(1000 * latencies.at(ContestResult.P99)),
                                Integer.toString(latencies.sorted().size()),
                                contest.failures(side).isEmpty()
                                        ? "0"
                                        : contest.failures(side).toString(),
                                number(contest.median(side, LoadResult::loaderProcessors))));
            }
        }
        return rows;
    }

    private static List<List<String>> comparisonRows(ServeReport report) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("load", "side", "over", "throughput", "quartiles", "p50", "p99"));
        for (Comparison comparison : report.comparisons()) {
            Quantiles throughput = comparison.throughput();
            rows.add(
                    List.of(
                            comparison.title(),
                            comparison.side(),
                            comparison.other(),
                            number(throughput.median()) + "x",
                            number(throughput.lowerQuartile())
                                    + ".."
                                    + number(throughput.upperQuartile()),
                            number(comparison.p50().median()) + "x",
                            number(comparison.p99().median()) + "x"));
        }
        return rows;
    }

    private static String number(double value) {
        return Figures.of(value);
    }
}
