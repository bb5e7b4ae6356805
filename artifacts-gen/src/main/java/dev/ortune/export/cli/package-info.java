/**
 * The {@code export} command and the option groups that it shares with {@code train}.
 *
 * <p>Called by the service's command line and by the build; calls {@code export}, {@code base},
 * {@code graph} for its options, and {@code console}.
 */
package dev.ortune.export.cli;
