package dev.ortune.dataset.check;

import dev.ortune.dataset.InspectedDataset;
import dev.ortune.dataset.NumberedExample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The texts of one file, compared with each other. Texts that differ in nothing but white space are
 * the same.
 */
final class CheckedTexts {

    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final Map<String, Set<String>> labelsByText = new HashMap<>();
    private final RowNumbers duplicates = new RowNumbers();
    private final RowNumbers conflicts = new RowNumbers();

    CheckedTexts(InspectedDataset dataset) {
        for (NumberedExample row : dataset.examples()) {
            Set<String> labels = Set.copyOf(row.example().labels());
            Set<String> before = labelsByText.putIfAbsent(normalized(row.example().text()), labels);
            if (before != null) {
                (before.equals(labels) ? duplicates : conflicts).add(row.row());
            }
        }
    }

    /** Rows that repeat one before them, labels included. */
    RowNumbers duplicates() {
        return duplicates;
    }

    /** Rows that repeat a text before them with other labels. */
    RowNumbers conflicts() {
        return conflicts;
    }

    /** Rows of another file whose text is here too. */
    RowNumbers shared(List<NumberedExample> others) {
        RowNumbers shared = new RowNumbers();
        others.stream()
                .filter(row -> labelsByText.containsKey(normalized(row.example().text())))
                .forEach(row -> shared.add(row.row()));
        return shared;
    }

    private static String normalized(String text) {
        return SPACE.matcher(text.strip()).replaceAll(" ");
    }
}
