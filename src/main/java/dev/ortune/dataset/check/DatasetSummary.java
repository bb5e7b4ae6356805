package dev.ortune.dataset.check;

import dev.ortune.dataset.DatasetSource;
import java.util.List;
import java.util.Optional;

/**
 * One file in numbers.
 *
 * @param source the file; its rows are all of them
 * @param faultyRows those that cannot be read
 * @param labels how often each occurs, the most frequent first
 * @param unlabelledRows rows without any label, which only several-label files may have
 * @param duplicateRows rows that repeat one before them, label included
 * @param tokens where they were counted
 */
public record DatasetSummary(
        DatasetSource source,
        long faultyRows,
        List<LabelCount> labels,
        long unlabelledRows,
        long duplicateRows,
        Optional<LengthSummary> tokens) {

    public DatasetSummary {
        labels = List.copyOf(labels);
    }
}
