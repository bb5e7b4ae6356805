/**
 * The training loop: batches, schedule, steps, evaluation per epoch, the best epoch,
 * checkpoints.
 *
 * <p>Called by {@code cli}; calls {@code ort}, {@code dataset}, {@code tokenizer},
 * {@code evaluation} and, in artifacts-gen, {@code graph}, {@code export} and {@code io}.
 */
package dev.ortune.train;
