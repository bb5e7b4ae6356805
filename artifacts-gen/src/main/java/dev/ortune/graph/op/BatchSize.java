package dev.ortune.graph.op;

/**
 * The numbers that a batch gives the symbolic dimensions of a graph.
 *
 * @param tokens of all texts
 * @param texts in the batch
 * @param positions tokens of the longest text
 */
public record BatchSize(long tokens, long texts, long positions) {}
