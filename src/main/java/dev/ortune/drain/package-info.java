/**
 * That the process has been told to end, while it still answers.
 *
 * <p>Called by {@code serve}, {@code tuning} and {@code api}; calls nothing of ours.
 */
package dev.ortune.drain;
