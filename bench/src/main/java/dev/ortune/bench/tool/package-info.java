/**
 * What measurements of running programs share: findings, facts on the machine, temporary folders.
 *
 * <p>Called by {@code bench.serve} and {@code bench.jobs}; calls nothing of theirs.
 */
package dev.ortune.bench.tool;
