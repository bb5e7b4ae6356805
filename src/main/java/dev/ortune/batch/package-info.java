/**
 * Work of many callers in batches: who is next, what fits together, what is refused.
 *
 * <p>Called by {@code serve}; calls nothing: it knows neither texts nor adapters.
 */
package dev.ortune.batch;
