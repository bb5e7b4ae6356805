package dev.ortune.cli;

import dev.ortune.console.CommandRunner;
import dev.ortune.console.Console;
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

    private OrtuneMain() {}

    /** Exits with 0, 2 for bad input, 1 for any other failure. */
    public static void main(String[] arguments) {
        String[] effective = arguments.length == 0 ? new String[] {"serve"} : arguments;
        Map<String, String> environment = System.getenv();
        Console console = Console.system(List.of(effective), environment);
        ServiceLauncher launcher = new QuarkusLauncher(console);
        CommandLine line =
                effective[0].equals("serve")
                        ? OrtuneCommand.serving(launcher)
                        : OrtuneCommand.line(new Workshop(console, environment), launcher);
        System.exit(new CommandRunner(console).run(line, effective));
    }
}
