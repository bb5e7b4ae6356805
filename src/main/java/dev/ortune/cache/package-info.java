/**
 * Values that cost memory, kept within a budget and never taken from whoever uses them.
 *
 * <p>Called by {@code serve}; calls nothing.
 */
package dev.ortune.cache;
