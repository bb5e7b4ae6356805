/**
 * A race of training steps between Ortune and PyTorch with PEFT over the same batches.
 *
 * <p>Calls the service's {@code train}, {@code adapter} and {@code ort}, and {@code bench} for the
 * machine's rate; nothing calls it.
 */
package dev.ortune.bench.race;
