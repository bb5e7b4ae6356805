package dev.ortune.console;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * Where a command writes: results to {@code out}, all else to {@code err}.
 *
 * @param out results, for people or as JSON
 * @param err progress, notices and errors
 * @param terminal whether a person watches, so that bars may be redrawn in place
 * @param json whether results and errors are JSON
 * @param verbose whether unexpected errors show their stack
 */
public record Console(
        PrintStream out, PrintStream err, boolean terminal, boolean json, boolean verbose) {

    private static final int FIRST_VERSION_WITH_CONSOLE_OFF_TERMINAL = 22;

    /**
     * The process's streams.
     *
     * @param arguments the command line, searched for {@code --json} and {@code --verbose} before
     *     it is parsed: its own errors must be told in the right form
     * @param environment {@code ORTUNE_DEBUG=1} is as good as {@code --verbose}
     */
    public static Console system(List<String> arguments, Map<String, String> environment) {
        return new Console(
                System.out,
                System.err,
                onTerminal(environment),
                arguments.contains("--json") || arguments.contains("--events"),
                arguments.contains("--verbose")
                        || "1".equals(environment.getOrDefault("ORTUNE_DEBUG", "")));
    }

    /** A line for people, on {@code err}, so that {@code out} holds nothing but the result. */
    public void notice(String line) {
        err.println(line);
    }

    private static boolean onTerminal(Map<String, String> environment) {
        // Newer Java hands out a console even where the streams are files.
        return System.console() != null
                && (Runtime.version().feature() < FIRST_VERSION_WITH_CONSOLE_OFF_TERMINAL
                        || isTerminal())
                && !"dumb".equals(environment.get("TERM"));
    }

    private static boolean isTerminal() {
        try {
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(System.console());
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
