/**
 * What measurements of running programs share: findings, facts on the machine, temporary folders,
 * popularity.
 *
 * <p>Called by {@code bench.serve}, {@code bench.jobs} and {@code bench.scaling}; calls nothing of theirs.
 */
package dev.ortune.bench.tool;
