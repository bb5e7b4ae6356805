/**
 * A race of training steps between Ortune and PyTorch with PEFT over the same batches.
 *
 * <p>Calls the service's {@code train}, {@code adapter} and {@code ort}, {@code bench} for the
 * machine's rate and {@code bench.tool}; {@code bench.serve} takes its base and order statistics from
 * here.
 */
package dev.ortune.bench.race;
