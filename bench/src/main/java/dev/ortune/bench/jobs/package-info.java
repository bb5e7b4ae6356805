/**
 * Fine-tuning jobs measured, and drilled: killed processes, long queues, many listeners, a full disk, a
 * database that goes away, workers that share a batch.
 *
 * <p>Calls {@code bench.serve.load} for the service's process, {@code bench.tool}, {@code bench.race}
 * for order statistics, and for the queue the service's {@code job};
 * {@code bench.scaling} calls its database.
 */
package dev.ortune.bench.jobs;
