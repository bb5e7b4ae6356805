/**
 * A base that computes texts of many adapters in one run, and the adapters that lie in memory for it.
 *
 * <p>Called by {@code serve}; calls {@code ort}, {@code adapter} and, in artifacts-gen, {@code
 * export}, {@code graph} and {@code checkpoint}.
 */
package dev.ortune.encoder;
