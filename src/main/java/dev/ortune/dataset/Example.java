package dev.ortune.dataset;

import java.util.List;

/**
 * One row as it stands in the file.
 *
 * @param text never blank
 * @param labels the label names: one in a single-label dataset; distinct and in the order of the
 *     file, perhaps none, in a multi-label one
 */
public record Example(String text, List<String> labels) {
    public Example {
        labels = List.copyOf(labels);
    }
}
