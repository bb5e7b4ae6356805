package dev.ortune.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.ortune.dataset.check.DataCheckReport;
import dev.ortune.dataset.check.DataFinding;
import dev.ortune.dataset.check.DatasetSummary;
import dev.ortune.dataset.check.LabelCount;
import dev.ortune.dataset.check.LengthSummary;
import dev.ortune.dataset.check.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A report on data files, for people and for programs.
 *
 * @param report what was found
 */
record DataCheckView(DataCheckReport report) {

    private static final int LABELS_SHOWN = 20;
    private static final int BAR_WIDTH = 40;

    JsonNode json() {
        return JsonMapper.builder()
                .addModule(new Jdk8Module())
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build()
                .valueToTree(report);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        report.training().ifPresent(summary -> lines.addAll(summary("Training", summary)));
        report.validation().ifPresent(summary -> lines.addAll(summary("Validation", summary)));
        report.findings().forEach(finding -> lines.addAll(finding(finding)));
        long errors =
                report.findings().stream().filter(it -> it.severity() == Severity.ERROR).count();
        long warnings = report.findings().size() - errors;
        lines.add(counted(errors, "error") + ", " + counted(warnings, "warning") + ".");
        return lines;
    }

    private static List<String> summary(String role, DatasetSummary summary) {
        List<String> lines = new ArrayList<>();
        lines.add(
                role
                        + ": "
                        + summary.source().fileName()
                        + ", "
                        + summary.source().rows()
                        + " rows");
        String labels =
                summary.labels().stream()
                        .limit(LABELS_SHOWN)
                        .map(DataCheckView::count)
                        .collect(Collectors.joining(", "));
        int more = summary.labels().size() - LABELS_SHOWN;
        lines.add("  labels: " + labels + (more > 0 ? " and " + more + " more" : ""));
        summary.tokens().ifPresent(tokens -> lines.addAll(lengths(tokens)));
        lines.add("");
        return lines;
    }

    private static String count(LabelCount label) {
        return label.label() + " " + label.rows();
    }

    private static List<String> lengths(LengthSummary tokens) {
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "  tokens: %d to %d, mean %.1f, median %d, 95%% up to %d",
                        tokens.shortest(),
                        tokens.longest(),
                        tokens.mean(),
                        tokens.median(),
                        tokens.p95()));
        long most =
                tokens.histogram().stream().mapToLong(LengthSummary.Bucket::texts).max().orElse(1);
        for (LengthSummary.Bucket bucket : tokens.histogram()) {
            int width = (int) Math.ceil((double) BAR_WIDTH * bucket.texts() / Math.max(1, most));
            lines.add(
                    String.format(
                                    Locale.ROOT,
                                    "  %7d %7d %s",
                                    bucket.upTo(),
                                    bucket.texts(),
                                    "#".repeat(width))
                            .stripTrailing());
        }
        return lines;
    }

    private static List<String> finding(DataFinding finding) {
        String rows =
                finding.rows().size() > 1
                        ? " Rows: "
                                + finding.rows().stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(", "))
                                + "."
                        : "";
        return List.of(
                String.format(
                        "%-8s %s: %s%s",
                        finding.severity().name().toLowerCase(Locale.ROOT),
                        finding.file(),
                        finding.message(),
                        rows),
                "         try: " + finding.remedy());
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
