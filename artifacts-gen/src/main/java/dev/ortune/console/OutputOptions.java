package dev.ortune.console;

import picocli.CommandLine.Option;

/** The options on output that every command takes; {@link Console} reads them. */
public final class OutputOptions {

    @Option(names = "--json", description = "Write the result, or the error, as one JSON object.")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(names = "--verbose", description = "Show the stack of an unexpected error.")
    private boolean verbose;

    /** Whether only the help is asked for. */
    public boolean help() {
        return help;
    }

    /** Whether the result is JSON. */
    public boolean json() {
        return json;
    }

    /** Whether unexpected errors show their stack. */
    public boolean verbose() {
        return verbose;
    }
}
