/**
 * Ortune's service measured: against two Python services, in-process, with many adapters, over time.
 *
 * <p>Calls {@code bench.serve.load}, {@code bench.race} for its base, and for the comparison without
 * HTTP the service's {@code serve}; nothing calls it.
 */
package dev.ortune.bench.serve;
