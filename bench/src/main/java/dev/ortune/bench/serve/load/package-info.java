/**
 * Load: clients that ask over and over, and the processes that they ask.
 *
 * <p>Called by {@code bench.serve}; calls {@code bench.race} for order statistics.
 */
package dev.ortune.bench.serve.load;
