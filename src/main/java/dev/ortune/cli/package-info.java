/**
 * The {@code ortune} command line: one class per command, progress for people, JSON for programs.
 *
 * <p>The top of the house: calls {@code train}, {@code adapter}, {@code serve} and artifacts-gen;
 * nobody calls it. Errors become messages and exit codes in {@code dev.ortune.console}.
 */
package dev.ortune.cli;
