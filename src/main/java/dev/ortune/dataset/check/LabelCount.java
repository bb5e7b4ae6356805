package dev.ortune.dataset.check;

/** How many rows have a label. */
public record LabelCount(String label, long rows) {}
