package dev.ortune.serve;

/**
 * One label's probability.
 *
 * @param label the label's name
 * @param score in [0, 1]
 */
public record LabelScore(String label, double score) {}
