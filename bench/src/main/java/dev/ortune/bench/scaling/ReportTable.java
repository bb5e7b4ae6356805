package dev.ortune.bench.scaling;

import java.util.List;

/**
 * Numbers side by side.
 *
 * @param title what they are
 * @param head of the columns
 * @param rows as wide as the head
 */
record ReportTable(String title, List<String> head, List<List<String>> rows) {

    ReportTable {
        head = List.copyOf(head);
        rows = rows.stream().map(List::copyOf).toList();
    }
}
