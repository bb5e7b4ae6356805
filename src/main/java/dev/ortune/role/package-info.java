/**
 * What a process of the service does: all, or its share of it beside others.
 *
 * <p>Called by {@code serve} and {@code tuning}; calls nothing of ours.
 */
package dev.ortune.role;
