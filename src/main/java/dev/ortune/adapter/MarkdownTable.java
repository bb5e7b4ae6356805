package dev.ortune.adapter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** A table of a model card; for one thread. */
final class MarkdownTable {

    private final List<List<String>> rows = new ArrayList<>();

    MarkdownTable(List<String> header) {
        rows.add(header);
        rows.add(Collections.nCopies(header.size(), "---"));
    }

    void row(List<String> cells) {
        rows.add(cells.stream().map(MarkdownTable::escaped).toList());
    }

    String text() {
        return rows.stream()
                .map(cells -> "| " + String.join(" | ", cells) + " |\n")
                .collect(Collectors.joining());
    }

    /** Labels and file names are the user's own text and may hold anything. */
    private static String escaped(String cell) {
        return cell.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("<", "&lt;")
                .replaceAll("\\R", " ");
    }
}
