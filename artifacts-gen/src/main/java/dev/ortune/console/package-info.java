/**
 * What every command shares: its streams, its one mapping of errors, its download progress.
 *
 * <p>Called by the command-line packages of both modules; calls {@code base} for its progress
 * interface, and {@code error}.
 */
package dev.ortune.console;
