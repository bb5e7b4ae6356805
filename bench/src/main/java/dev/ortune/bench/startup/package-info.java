/**
 * How long the service takes until it is ready and what it holds while nobody asks, as a jar and as a
 * native executable.
 *
 * <p>Calls {@code bench.serve.load}, {@code bench.race} and {@code bench.tool}.
 */
package dev.ortune.bench.startup;
