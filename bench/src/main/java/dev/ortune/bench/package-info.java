/**
 * Measurements of training: speed, memory and the share of the machine's matrix rate.
 *
 * <p>Calls the service's {@code train} and {@code ort}; only {@code bench.race} calls it.
 */
package dev.ortune.bench;
