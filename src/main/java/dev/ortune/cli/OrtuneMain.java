package dev.ortune.cli;

import dev.ortune.console.CommandRunner;
import dev.ortune.console.Console;
import dev.ortune.console.ErrorTeller;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/**
 * The program's entry. Commands run without Quarkus, so that they start fast and open no port; only
 * {@code serve} starts it. Without arguments the program serves, as a container expects.
 */
@QuarkusMain
public final class OrtuneMain {

    private static final String SERVE = "serve";

    private OrtuneMain() {}

    /** Exits with 0, 2 for bad input, 1 for any other failure. */
    public static void main(String[] arguments) {
        List<String> words = arguments.length == 0 ? List.of(SERVE) : List.of(arguments);
        Map<String, String> environment = System.getenv();
        Console console = Console.system(words, environment);
        ServiceLauncher launcher = new QuarkusLauncher(console);
        System.exit(
                words.equals(List.of(SERVE))
                        ? serve(console, launcher)
                        : run(console, environment, launcher, words));
    }

    /** There are no options to read, and reading none takes a tenth of the start. */
    private static int serve(Console console, ServiceLauncher launcher) {
        try {
            return new ServeCommand(launcher).call();
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError | LinkageError e) {
            return new ErrorTeller(console).tell(e);
        }
    }

    private static int run(
            Console console,
            Map<String, String> environment,
            ServiceLauncher launcher,
            List<String> words) {
        CommandLine line =
                words.get(0).equals(SERVE)
                        ? OrtuneCommand.serving(launcher)
                        : OrtuneCommand.line(new Workshop(console, environment), launcher);
        return new CommandRunner(console).run(line, words.toArray(String[]::new));
    }
}
