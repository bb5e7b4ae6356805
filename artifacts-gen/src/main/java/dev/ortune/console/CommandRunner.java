package dev.ortune.console;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.OrtuneException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs a command line and tells its errors. */
public final class CommandRunner {

    private final Console console;
    private final ErrorTeller errors;

    /** A runner that reports on a console. */
    public CommandRunner(Console console) {
        this.console = console;
        this.errors = new ErrorTeller(console);
    }

    /**
     * Runs the command that the arguments name.
     *
     * @return the command's own exit code, 2 for bad input, 1 for any other failure
     */
    public int run(CommandLine commandLine, String... arguments) {
        commandLine
                .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((error, given) -> reportParameter(error))
                .setExecutionExceptionHandler((error, command, parsed) -> errors.tell(error));
        try {
            return commandLine.execute(arguments);
        } catch (OutOfMemoryError | StackOverflowError | LinkageError e) {
            // Picocli hands over exceptions only.
            return errors.tell(e);
        } finally {
            commandLine.getOut().flush();
            commandLine.getErr().flush();
        }
    }

    private int reportParameter(ParameterException error) {
        // Picocli wraps what a value's own reader refuses.
        return error.getCause() instanceof OrtuneException known
                ? errors.tell(known)
                : errors.tell(parameterError(error));
    }

    private static ErrorReport parameterError(ParameterException error) {
        String command = error.getCommandLine().getCommandSpec().qualifiedName();
        List<String> suggestions =
                error instanceof UnmatchedArgumentException unmatched
                        ? unmatched.getSuggestions()
                        : List.of();
        String hint = "Run " + command + " --help for the options.";
        return new ErrorReport(
                ErrorCode.INVALID_OPTION,
                error.getMessage(),
                suggestions.isEmpty()
                        ? hint
                        : "Did you mean " + String.join(" or ", suggestions) + "? " + hint);
    }
}
