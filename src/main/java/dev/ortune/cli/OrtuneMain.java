package dev.ortune.cli;

import dev.ortune.console.CommandRunner;
import dev.ortune.console.Console;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import java.util.Map;

/**
 * The program's entry. Commands run without Quarkus, so that they start fast and open no port; only
 * {@code serve} starts it. Without arguments the program serves, as a container expects.
 */
@QuarkusMain
public final class OrtuneMain {

    private OrtuneMain() {}

    /** Exits with 0, 2 for bad input, 1 for any other failure. */
    public static void main(String[] arguments) {
        String[] effective = arguments.length == 0 ? new String[] {"serve"} : arguments;
        Map<String, String> environment = System.getenv();
        Console console = Console.system(List.of(effective), environment);
        Workshop workshop = new Workshop(console, environment);
        int exitCode =
                new CommandRunner(console)
                        .run(OrtuneCommand.line(workshop, new QuarkusLauncher(console)), effective);
        System.exit(exitCode);
    }
}
