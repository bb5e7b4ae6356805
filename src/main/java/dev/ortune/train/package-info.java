/**
 * The training loop: batches, schedule, steps, evaluation per epoch, the best epoch.
 *
 * <p>Called by {@code cli}; calls {@code ort}, {@code dataset}, {@code tokenizer},
 * {@code evaluation} and, in artifacts-gen, {@code graph} and {@code export}.
 */
package dev.ortune.train;
