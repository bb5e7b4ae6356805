package dev.ortune.bench.tool;

import java.util.ArrayList;
import java.util.List;

/** Tables for people, and for a page of documentation. */
public final class MarkdownTable {

    private MarkdownTable() {}

    /** Appends a head and rows; a head alone is left out. */
    public static void append(StringBuilder out, List<List<String>> rows) {
        if (rows.size() < 2) {
            return;
        }
        out.append('\n');
        for (int row = 0; row < rows.size(); row++) {
            out.append("| ").append(String.join(" | ", rows.get(row))).append(" |\n");
            if (row == 0) {
                out.append("|---".repeat(rows.get(0).size())).append("|\n");
            }
        }
    }

    /** A head and a row per finding. */
    public static List<List<String>> rows(List<Finding> findings) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("what", "measured", "demanded", "holds"));
        for (Finding finding : findings) {
            rows.add(
                    List.of(
                            finding.what(),
                            (Figures.of(finding.value()) + " " + finding.unit()).strip(),
                            finding.demand(),
                            finding.demand().isEmpty() ? "" : finding.holds() ? "yes" : "NO"));
        }
        return rows;
    }
}
