/**
 * What is wrong or remarkable about the rows of a run, before it costs time.
 *
 * <p>Called by {@code cli}; calls {@code dataset}.
 */
package dev.ortune.dataset.check;
