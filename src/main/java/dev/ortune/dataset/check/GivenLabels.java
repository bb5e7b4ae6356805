package dev.ortune.dataset.check;

import dev.ortune.dataset.Example;
import dev.ortune.dataset.InspectedDataset;
import dev.ortune.dataset.LabelSet;
import dev.ortune.dataset.NumberedExample;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * The labels that a run is given, where it does not take those of its rows.
 *
 * @param labels which rows may hold by name or by index
 */
record GivenLabels(LabelSet labels) {

    /** The rows with their labels by name; others stay as they stand in the file. */
    InspectedDataset named(InspectedDataset dataset) {
        return new InspectedDataset(
                dataset.examples().stream().map(this::named).toList(),
                dataset.source(),
                dataset.faults(),
                dataset.faultyRows());
    }

    private NumberedExample named(NumberedExample row) {
        List<String> names = row.example().labels().stream().map(this::nameOf).distinct().toList();
        return new NumberedExample(row.row(), new Example(row.example().text(), names));
    }

    private String nameOf(String label) {
        OptionalInt index = labels.indexOf(label);
        return index.isPresent() ? labels.name(index.getAsInt()) : label;
    }

    /** The rows that have other labels. */
    List<DataFinding> unknown(InspectedDataset dataset) {
        RowNumbers rows = new RowNumbers();
        Set<String> unknown = new TreeSet<>();
        for (NumberedExample row : dataset.examples()) {
            List<String> others =
                    row.example().labels().stream()
                            .filter(label -> labels.indexOf(label).isEmpty())
                            .toList();
            if (!others.isEmpty()) {
                rows.add(row.row());
                unknown.addAll(others);
            }
        }
        if (unknown.isEmpty()) {
            return List.of();
        }
        return List.of(
                new DataFinding(
                        FindingKind.UNKNOWN_LABEL,
                        dataset.source().fileName(),
                        "Rows whose label is not one of those given: "
                                + rows.count()
                                + "; it is "
                                + LabelFindings.shown(LabelFindings.quoted(unknown))
                                + ".",
                        "Correct the labels, add them to those given, or remove the rows.",
                        rows.first()));
    }
}
