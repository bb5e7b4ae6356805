/**
 * Values that are dear: those that cost memory, kept within a budget and never taken from whoever uses
 * them, and those that cost a question, asked once in a while.
 *
 * <p>Called by {@code serve}, {@code tuning} and {@code api.telemetry}; calls nothing.
 */
package dev.ortune.cache;
