/**
 * Settings that have a range: how a value beyond it is refused when the service starts.
 *
 * <p>Used by every package that has settings; calls nothing of ours.
 */
package dev.ortune.configuration;
