package dev.ortune.dataset;

/**
 * An example and where it stands.
 *
 * @param row of the file, counted from 1, without header and blank lines
 */
public record NumberedExample(long row, Example example) {}
