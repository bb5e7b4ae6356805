/**
 * What a fine-tuning job is about: its request, its files, its estimate, its training in a process of
 * its own, and what comes of it.
 *
 * <p>Called by {@code api}; calls {@code job}, {@code file}, {@code repository} and {@code dataset}.
 */
package dev.ortune.tuning;
