package dev.ortune.bench.race;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ortune.bench.TrainingWork;
import dev.ortune.console.Console;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Prints each race as it ends: a row of a table, or an object of JSON. */
final class RaceReport {

    private static final double MEGABYTE = 1e6;

    private final Console console;
    private final TrainingWork work;

    /**
     * A report.
     *
     * @param work of the encoder that is trained
     */
    RaceReport(Console console, TrainingWork work) {
        this.console = console;
        this.work = work;
    }

    /** What stands before the first race. */
    void begin() {
        if (!console.json()) {
            console.out()
                    .printf(
                            "%-15s %-7s %8s %13s %9s %9s %7s %8s %9s %8s %6s %6s%n",
                            "case",
                            "dropout",
                            "speed-up",
                            "quartiles",
                            "ours t/s",
                            "theirs",
                            "padding",
                            "ours MB",
                            "theirs MB",
                            "SGEMM",
                            "share",
                            "linear");
        }
    }

    void add(RaceResult result) {
        if (console.json()) {
            console.out().println(json(result));
        } else {
            console.out().println(row(result));
        }
    }

    private String row(RaceResult result) {
        Quantiles ratios = result.ratios();
        return String.format(
                Locale.ROOT,
                "%-15s %-7s %7.2fx %5.2fx..%5.2fx %9.0f %9.0f %6.0f%% %8s %9s %8.1f %5.0f%% %5.0f%%",
                result.raceCase().name(),
                result.dropout() ? "on" : "off",
                ratios.median(),
                ratios.lowerQuartile(),
                ratios.upperQuartile(),
                result.oursTokensPerSecond(),
                result.theirsTokensPerSecond(),
                100 * result.paddingShare(),
                megabytes(result.ours().peakMemoryBytes()),
                megabytes(result.theirs().peakMemoryBytes()),
                result.sgemmGflops(),
                100 * result.sgemmShare(work),
                100 * result.linearShare(work));
    }

    private ObjectNode json(RaceResult result) {
        Quantiles ratios = result.ratios();
        ObjectNode root = JsonMapper.builder().build().createObjectNode();
        root.put("case", result.raceCase().name())
                .put("dropout", result.dropout())
                .put("pairs", result.pairs().size())
                .put("ratio", ratios.median())
                .put("ratio_lower_quartile", ratios.lowerQuartile())
                .put("ratio_upper_quartile", ratios.upperQuartile())
                .put("ours_tokens_per_second", result.oursTokensPerSecond())
                .put("theirs_tokens_per_second", result.theirsTokensPerSecond());
        put(root, "ours_peak_memory_bytes", result.ours().peakMemoryBytes());
        put(root, "theirs_peak_memory_bytes", result.theirs().peakMemoryBytes());
        root.put("sgemm_gflops", result.sgemmGflops())
                .put("sgemm_share", result.sgemmShare(work))
                .put("linear_share", result.linearShare(work))
                .put("padding_share", result.paddingShare())
                .put("threads", result.threads());
        ObjectNode versions = root.putObject("versions");
        new TreeMap<>(result.versions()).forEach(versions::put);
        return root;
    }

    private static void put(ObjectNode root, String field, OptionalLong bytes) {
        bytes.ifPresentOrElse(value -> root.put(field, value), () -> root.putNull(field));
    }

    private static String megabytes(OptionalLong bytes) {
        return bytes.isPresent()
                ? String.format(Locale.ROOT, "%.0f", bytes.getAsLong() / MEGABYTE)
                : "?";
    }
}
