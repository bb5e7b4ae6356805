package dev.ortune.adapter;

import dev.ortune.dataset.DatasetSource;

/**
 * A file that took part in a run.
 *
 * @param role {@code training} or {@code validation}
 * @param source the file
 */
public record DataReport(String role, DatasetSource source) {}
