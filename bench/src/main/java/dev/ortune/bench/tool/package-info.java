/**
 * What measurements share: their command lines, findings, facts on the machine, temporary folders,
 * popularity.
 *
 * <p>Called by {@code bench.serve}, {@code bench.jobs}, {@code bench.scaling}, {@code bench.startup} and
 * {@code bench.race}; calls nothing of theirs.
 */
package dev.ortune.bench.tool;
