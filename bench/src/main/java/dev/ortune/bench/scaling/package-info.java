/**
 * Services of many tenants simulated with what was measured on one machine: caches of adapters, queues
 * of jobs; and the index of their models measured.
 *
 * <p>Calls the service's {@code cache} and {@code repository}, {@code bench.jobs} for its PostgreSQL,
 * {@code bench.race} for order statistics and {@code bench.tool}; nothing calls it.
 */
package dev.ortune.bench.scaling;
