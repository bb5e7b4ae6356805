/**
 * Tenants' files: what they upload to train on, and what jobs leave for them.
 *
 * <p>Called by {@code tuning} and {@code api}; calls {@code io}.
 */
package dev.ortune.file;
